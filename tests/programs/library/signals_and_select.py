import os
import select
import signal


def on_alarm(number, frame):
    raise TimeoutError(f"{signal.Signals(number).name} rang")


signal.signal(signal.SIGALRM, on_alarm)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    while True:
        pass
except TimeoutError as err:
    print("loop stopped:", err)

caught = []
signal.signal(signal.SIGUSR1, lambda number, frame: caught.append(signal.Signals(number).name))
for _ in range(2):
    os.kill(os.getpid(), signal.SIGUSR1)
print("caught", caught)

reader, writer = os.pipe()
print("readable before:", select.select([reader], [], [], 0)[0] == [reader])
os.write(writer, b"wake up")
ready, _, _ = select.select([reader], [], [], 1)
print("readable after:", ready == [reader], os.read(reader, 100))
os.close(writer)
poller = select.poll()
poller.register(reader, select.POLLIN)
print("hang-up seen:", bool(poller.poll(1000)[0][1] & select.POLLHUP))
os.close(reader)

child = os.fork()
if child == 0:
    signal.pause()
os.kill(child, signal.SIGTERM)
_, status = os.waitpid(child, 0)
print("child killed by", signal.Signals(os.WTERMSIG(status)).name)
