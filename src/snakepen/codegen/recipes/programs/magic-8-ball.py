"""A magic 8 ball: ask a question, and chance answers."""

import random

# As many that agree as others. Put in your own!
ANSWERS = [
    "Yes, surely.",
    "All signs say yes.",
    "You can count on it.",
    "More likely than not.",
    "Yes, but take your time.",
    "I cannot see it yet. Ask again.",
    "It is in your own hands.",
    "The mist is too thick today.",
    "Better not.",
    "I would not bet on it.",
    "All signs say no.",
    "No, and you know it.",
]


def main():
    print("Ask a question that has yes or no for an answer. An empty line ends.")
    while True:
        try:
            question = input("> ").strip()
        except EOFError:
            break
        if question.lower() in ("", "quit"):
            break
        print(random.choice(ANSWERS))
    print("The ball goes to sleep.")


if __name__ == "__main__":
    main()
