import os
import signal
import sys


def on_usr1(signum, frame):
    print("caught", signal.Signals(signum).name, "in", frame.f_code.co_name)


def main():
    signal.signal(signal.SIGUSR1, on_usr1)
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.kill(os.getpid(), signal.SIGTERM)
    print("ignored one SIGTERM")
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    print("not so lucky twice")
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGTERM)
    print("unreachable")


main()
