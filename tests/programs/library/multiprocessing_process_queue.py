import multiprocessing as mp


def worker(number, inbox, outbox, total, lock):
    for word in iter(inbox.get, None):
        outbox.put((word, word[::-1]))
        with lock:
            total.value += len(word)


def main():
    ctx = mp.get_context("fork")
    inbox, outbox = ctx.Queue(), ctx.Queue()
    total, lock = ctx.Value("i", 0), ctx.Lock()
    team = [ctx.Process(target=worker, args=(i, inbox, outbox, total, lock)) for i in range(3)]
    for process in team:
        process.start()
    words = ["stressed", "drawer", "level", "python", "live"]
    for word in words:
        inbox.put(word)
    for _ in team:
        inbox.put(None)
    answers = dict(outbox.get(timeout=10) for _ in words)
    for process in team:
        process.join()
    for word in words:
        note = "  (palindrome)" if word == answers[word] else ""
        print(f"{word:<9}{answers[word]}{note}")
    print("letters handled:", total.value)
    print("exit codes:", [p.exitcode for p in team])


if __name__ == "__main__":
    main()
