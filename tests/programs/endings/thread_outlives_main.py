import threading

started = threading.Event()


def background():
    started.set()
    threading.main_thread().join()
    for n in range(3, 0, -1):
        print("background", n)
    print("main thread alive?", threading.main_thread().is_alive())


def forgotten():
    threading.Event().wait()
    print("daemon threads never get here")


threading.Thread(target=background).start()
threading.Thread(target=forgotten, daemon=True).start()
started.wait()
print("main is leaving")
raise RuntimeError("main failed, but the thread carries on")
