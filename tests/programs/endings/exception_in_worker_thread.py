import threading


def download(name, size):
    if size < 0:
        raise ValueError(f"{name}: bad size {size}")
    done.append((name, size))


done = []
for name, size in (("a.iso", 700), ("b.iso", -1), ("c.iso", 20)):
    worker = threading.Thread(target=download, args=(name, size), name=f"fetch-{name}")
    worker.start()
    worker.join()

print("finished:", done)


def hook(args):
    print(f"hook: {args.thread.name} died of {args.exc_type.__name__}: {args.exc_value}")


threading.excepthook = hook
worker = threading.Thread(target=download, args=("d.iso", -5), name="fetch-d.iso")
worker.start()
worker.join()
print("alive:", [t.name for t in threading.enumerate()])
