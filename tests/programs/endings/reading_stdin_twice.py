# snakepen: {"stdin": "first\r\nsecond\nthird ünïcode\nlast without newline"}
import sys

print(repr(input()))
print(repr(sys.stdin.readline()))
rest = sys.stdin.read()
print(repr(rest))
print("again:", repr(sys.stdin.read()), sys.stdin.readlines(), list(sys.stdin))
print(sys.stdin.encoding, sys.stdin.isatty(), sys.stdin.fileno())
print(repr(sys.stdin.buffer.read()))
sys.stdin.close()
print(input("one more? "))
