"""The first program of all: it greets the world, and then whoever types a name."""

GREETING = "Hello"


def greet(name):
    return f"{GREETING}, {name}!"


print(greet("world"))
try:
    name = input("What is your name? ").strip()
except EOFError:
    name = ""
print(greet(name) if name else "Goodbye!")
