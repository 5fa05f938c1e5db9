"""Roman numerals, checked by their own documentation.

>>> to_roman(2024)
'MMXXIV'
>>> [to_roman(n) for n in (4, 9, 14, 40)]
['IV', 'IX', 'XIV', 'XL']
>>> to_roman(0)
Traceback (most recent call last):
    ...
ValueError: no Roman zero
>>> from_roman('MCMXCIX')
2000
"""
import doctest

NUMERALS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
            (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def to_roman(n):
    if n < 1:
        raise ValueError("no Roman zero")
    out = ""
    for value, letters in NUMERALS:
        count, n = divmod(n, value)
        out += letters * count
    return out


def from_roman(text):
    values = [dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000)))[c] for c in text]
    return sum(-a if a < b else a for a, b in zip(values, values[1:] + [0]))


if __name__ == "__main__":
    outcome = doctest.testmod()
    print(outcome.failed, "of", outcome.attempted, "examples failed")
    raise SystemExit(outcome.failed)
