import sys

print("first line")
print("second line, no newline", end="")
sys.stdout.close()
print("stderr is fine", file=sys.stderr)
try:
    print("too late")
except ValueError as exc:
    print("ValueError:", exc, file=sys.stderr)
sys.stdout = sys.stderr
print("rerouted")
sys.exit(print("exit value is None"))
