import sys

recipe = ["flour", "water", "salt", "yeast"]
print(*recipe, sep=", ", end=".")
print(end=" ")
sys.stdout.write("That makes ")
sys.stdout.write(str(len(recipe)))
print(" ingredients", end="")
print("note: dough must rest", end="", file=sys.stderr)
