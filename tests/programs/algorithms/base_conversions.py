# snakepen: {"args": ["255:10:16", "zz:36:10", "-1010:2:8", "MMXXIV:roman:10", "12:2:10", "7f:16:2"]}
import string
import sys

DIGITS = string.digits + string.ascii_lowercase
ROMAN = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}


def from_roman(text):
    values = [ROMAN[c] for c in text]
    return sum(-v if v < later else v for v, later in zip(values, values[1:] + [0]))


def to_base(number, base):
    if number < 0:
        return "-" + to_base(-number, base)
    head, tail = divmod(number, base)
    return (to_base(head, base) if head else "") + DIGITS[tail]


failures = 0
for job in sys.argv[1:]:
    text, source, target = job.split(":")
    try:
        number = from_roman(text) if source == "roman" else int(text, int(source))
    except ValueError as error:
        print(f"{job}: {error}", file=sys.stderr)
        failures += 1
    else:
        print(f"{text} (base {source}) = {to_base(number, int(target))} (base {target})")

print(f"{3735928559:#x} {0b1011:#o} {-37:b} {1 / 3:.20f} {(0.1).hex()}")
sys.exit(failures)
