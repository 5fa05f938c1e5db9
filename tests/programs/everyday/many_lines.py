import hashlib

LINES = 4000
digest = hashlib.sha256()

for number in range(1, LINES + 1):
    square = number * number
    kind = "even" if number % 2 == 0 else "odd"
    line = f"{number:05d} {kind:<4} {square:>9} {square:>#10x} {square:025b}"
    digest.update(line.encode())
    print(line)

print("lines:", LINES)
print("sha256:", digest.hexdigest())
