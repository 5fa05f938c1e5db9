"""A typing test: how fast you type a sentence, and how many characters are right."""

import random
import time

ROUNDS = 3
SENTENCES = [
    "The train was late, so we had time for another cup of tea.",
    "Seven small boats came back to the harbour before the storm.",
    "Nobody knew who had painted the old bridge green at night.",
    "A good map shows you the way, and a better one the detours.",
    "My neighbour grows tomatoes on the roof of his garage.",
    "In winter the lake freezes, and the whole village goes skating.",
]


def right_characters(typed, sentence):
    """Return how many characters of the sentence were typed at their places."""
    return sum(own == char for own, char in zip(typed, sentence))


def main():
    print("Type each sentence, and press Enter. An empty line ends.")
    speeds = []
    for sentence in random.sample(SENTENCES, ROUNDS):
        print(f"\n{sentence}")
        start = time.perf_counter()
        try:
            typed = input().strip()
        except EOFError:
            break
        if not typed:
            break
        minutes = max(time.perf_counter() - start, 0.001) / 60
        right = right_characters(typed, sentence)
        # By custom five characters are a word; only those that are right count.
        speeds.append(right / 5 / minutes)
        share = right / max(len(sentence), len(typed))
        print(f"{speeds[-1]:.0f} words per minute, {share:.0%} right")
    if speeds:
        print(f"\nOn average: {sum(speeds) / len(speeds):.0f} words per minute")


if __name__ == "__main__":
    main()
