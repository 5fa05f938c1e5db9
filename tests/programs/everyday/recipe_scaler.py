# snakepen: {"args": ["4", "6"], "files": {"pancakes.txt": "1 1/2 cup flour\n3 1/2 tsp baking powder\n1/4 tsp salt\n1 1/4 cup milk\n1 egg\n3 tbsp butter, melted\n"}}
import sys
from fractions import Fraction

GLYPHS = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾", Fraction(1, 8): "⅛",
          Fraction(3, 8): "⅜", Fraction(7, 8): "⅞"}


def parse(line):
    amount = Fraction(0)
    words = line.split()
    while words and words[0][0].isdigit():
        amount += Fraction(words.pop(0))
    return amount, " ".join(words)


def pretty(amount):
    whole, rest = divmod(amount, 1)
    tail = GLYPHS.get(rest, str(rest) if rest else "")
    return f"{whole or ''}{tail}"


serves, wanted = map(int, sys.argv[1:])
factor = Fraction(wanted, serves)
print(f"Pancakes for {wanted} (recipe x {factor})")
for line in open("pancakes.txt"):
    amount, ingredient = parse(line)
    print(f"{pretty(amount * factor):>6}  {ingredient}")
