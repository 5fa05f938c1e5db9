"""Finds anagrams: words made of the same letters."""

from collections import defaultdict
from itertools import combinations

FIRST = None  # a word here is looked up at once, and several are compared
# Where it looks for anagrams of one word. Put in your own words!
WORDS = """
    act cat arc car art rat tar bare bear below elbow cider cried dusty study earth
    heart east seat teas enlist inlets listen silent tinsel fried night thing least
    slate stale steal lemon melon life file name mean amen north thorn ocean canoe
    part trap rapt prat pale leap plea peal state taste save vase stressed desserts
    supersonic percussion teacher cheater
"""


def letters(text):
    """Return the letters of a text in order; anagrams have the same."""
    return "".join(sorted(char for char in text.casefold() if char.isalpha()))


def look_up(words, groups):
    if len(words) == 1:
        found = [word for word in groups[letters(words[0])] if word != words[0]]
        print(", ".join(found) or "I know none.")
    for one, other in combinations(words, 2):
        same = letters(one) == letters(other)
        print(f"{one} and {other} are {'' if same else 'no '}anagrams.")


def main():
    groups = defaultdict(list)
    for word in WORDS.split():
        groups[letters(word)].append(word)
    if FIRST:
        print(f"{FIRST}: ", end="")
        look_up(FIRST.split(), groups)
    print("Type a word to find its anagrams, or several to compare them.")
    while True:
        try:
            words = input("> ").split()
        except EOFError:
            break
        if not words or words == ["quit"]:
            break
        look_up(words, groups)


if __name__ == "__main__":
    main()
