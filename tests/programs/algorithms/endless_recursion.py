import sys


def depth(tree):
    return 1 + max((depth(child) for child in tree), default=0)


def factorial(n):
    return n * factorial(n - 1)


print("depth of a small tree:", depth([[], [[], [[]]], []]))
sys.setrecursionlimit(200)
try:
    factorial(5)
except RecursionError as error:
    print("caught:", type(error).__name__)

loop = []
loop.append(loop)
print("a list inside itself:", loop)
print(factorial(5))
