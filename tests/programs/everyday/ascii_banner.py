# snakepen: {"env": {"BANNER": "HELLO"}}
import os

FONT = {
    "H": ["#   #", "#   #", "#####", "#   #", "#   #"],
    "E": ["#####", "#    ", "#### ", "#    ", "#####"],
    "L": ["#    ", "#    ", "#    ", "#    ", "#####"],
    "O": [" ### ", "#   #", "#   #", "#   #", " ### "],
    " ": ["     "] * 5,
}

text = os.environ.get("BANNER", "HOLE")
shadow = os.getenv("BANNER_SHADOW", "no")

for row in range(5):
    print("  ".join(FONT[letter][row] for letter in text))
print()
for row in range(5):
    print("".join(FONT[c][row].replace("#", c).replace(" ", "·") for c in text))
print("shadow:", shadow)
