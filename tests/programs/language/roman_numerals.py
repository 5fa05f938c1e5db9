# snakepen: {"stdin": "1994\nXLII\n4000\nMCMXCIX\nIIII\nhello\n0\n"}
import re
import sys

TABLE = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
         (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
VALID = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def to_roman(number):
    if not 0 < number < 4000:
        raise ValueError(f"{number} is out of range")
    out = ""
    for value, numeral in TABLE:
        times, number = divmod(number, value)
        out += numeral * times
    return out


def from_roman(text):
    if not text or not VALID.fullmatch(text):
        raise ValueError(f"{text!r} is not a Roman numeral")
    values = [dict(map(reversed, TABLE))[c] for c in text]
    return sum(-v if v < nxt else v for v, nxt in zip(values, values[1:] + [0]))


failures = 0
for line in map(str.strip, sys.stdin):
    try:
        print(line, "=", to_roman(int(line)) if line.isdigit() else from_roman(line))
    except ValueError as exc:
        failures += 1
        print("!", exc)
print("round trip ok:", all(from_roman(to_roman(n)) == n for n in range(1, 4000)))
sys.exit(failures)
