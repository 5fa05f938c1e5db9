# snakepen: {"args": ["SOS, Titanic 1912"]}
import sys

MORSE = dict(zip(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    """.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... -
    ..- ...- .-- -..- -.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---..
    ----.""".split(),
))
LETTERS = {code: letter for letter, code in MORSE.items()}


def encode(text):
    words = text.upper().split()
    return " / ".join(" ".join(MORSE[c] for c in word if c in MORSE) for word in words)


def decode(code):
    return " ".join("".join(LETTERS[c] for c in word.split()) for word in code.split("/"))


message = " ".join(sys.argv[1:])
code = encode(message)
print(code)
print(decode(code))
units = {".": 2, "-": 4, " ": 2, "/": 2}
print("length in time units:", sum(units[c] for c in code))
print("bells:", code.count(".") * "\a" + "!")
