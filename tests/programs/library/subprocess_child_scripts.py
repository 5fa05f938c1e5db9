import subprocess
import sys

result = subprocess.run(
    [sys.executable, "-c", "import sys; print(sum(map(int, sys.stdin)))"],
    input="4\n8\n15\n", capture_output=True, text=True,
)
print("sum from child:", result.stdout.strip(), "code", result.returncode)

child = "import sys; print('partial'); sys.stderr.write('boom\\n'); sys.exit(7)"
try:
    subprocess.run([sys.executable, "-c", child], check=True, capture_output=True, text=True)
except subprocess.CalledProcessError as err:
    print("child exited with", err.returncode, repr(err.stdout), repr(err.stderr))

upper = subprocess.Popen(
    [sys.executable, "-u", "-c", "for line in iter(input, 'stop'): print(line.upper())"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
)
for word in ("cobra", "adder", "boa"):
    print(word, file=upper.stdin, flush=True)
    print(word, "->", upper.stdout.readline().strip())
upper.communicate("stop\n")
print("finished with", upper.returncode)

print("inherits our output next:", flush=True)
subprocess.check_call([sys.executable, "-c", "print('hello from below')"])
print(subprocess.getoutput("echo shell $((6 * 7))"))
try:
    subprocess.run(["no-such-program-here"])
except FileNotFoundError as err:
    print(err.strerror, err.filename)
