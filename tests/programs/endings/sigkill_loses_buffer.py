import os
import signal

print("checkpoint saved", flush=True)
with open("state.txt", "w") as f:
    f.write("half done")
print("this line is still buffered")
os.write(2, b"going down hard\n")
os.kill(os.getpid(), signal.SIGKILL)
