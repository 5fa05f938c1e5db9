# snakepen: {"args": ["--seed", "11"], "stdin": "rock\npaper\nscissors\nlizard\nrock\n"}
import random
import sys
from enum import Enum


class Hand(Enum):
    ROCK = 0
    PAPER = 1
    SCISSORS = 2

    def beats(self, other):
        return (self.value - other.value) % 3 == 1


random.seed(int(sys.argv[sys.argv.index("--seed") + 1]))
wins = {"you": 0, "computer": 0, "draw": 0}

for line in sys.stdin:
    try:
        you = Hand[line.strip().upper()]
    except KeyError as error:
        print("No such hand:", error)
        continue
    computer = random.choice(list(Hand))
    if you.beats(computer):
        result = "you"
    elif computer.beats(you):
        result = "computer"
    else:
        result = "draw"
    wins[result] += 1
    print(f"{you.name.lower():>8} vs {computer.name.lower():<8} -> {result}")

print(wins)
print(Hand.ROCK, repr(Hand.PAPER))
