import queue
import threading

balance = 0
lock = threading.Lock()
tasks = queue.Queue()
seen = []


def deposit(times):
    global balance
    for _ in range(times):
        with lock:
            balance += 1


def cook():
    while (order := tasks.get()) is not None:
        seen.append(order * order)


savers = [threading.Thread(target=deposit, args=(2000,)) for _ in range(5)]
for t in savers:
    t.start()
for t in savers:
    t.join()
print("balance", balance)
cooks = [threading.Thread(target=cook, name=f"cook-{i}") for i in range(3)]
for t in cooks:
    t.start()
for order in [*range(20), None, None, None]:
    tasks.put(order)
for t in cooks:
    t.join()
print(sorted(seen) == [n * n for n in range(20)], [t.name for t in cooks])
ready = threading.Event()
threading.Timer(0.01, ready.set).start()
print("event arrived:", ready.wait(5))
