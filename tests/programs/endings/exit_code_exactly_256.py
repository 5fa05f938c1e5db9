import sys


def run(case):
    return case % 2 == 5


failures = [f"case {n}" for n in range(256) if not run(n)]
print(f"{len(failures)} failures, so exiting with that number")
print("the shell will think all is well", file=sys.stderr)
sys.exit(len(failures))
