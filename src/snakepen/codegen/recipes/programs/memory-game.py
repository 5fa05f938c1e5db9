"""The memory game: turn over two cards at a time, and find all pairs."""

import random

PAIRS = 8
COLUMNS = 4
PICTURES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def show(cards, seen):
    """Print the cards: those that are seen with their letters, others by number."""
    for start in range(0, len(cards), COLUMNS):
        row = ""
        for place in range(start, min(start + COLUMNS, len(cards))):
            row += f"[{cards[place]:^2}] " if place in seen else f" {place + 1:2}  "
        print(row.rstrip())


def ask(question, cards, seen):
    """Return the place of a hidden card, or None when the player has had enough."""
    while True:
        try:
            text = input(question).strip().lower()
        except EOFError:
            return None
        if text in ("", "quit"):
            return None
        numbers = {str(place + 1): place for place in range(len(cards))}
        if text in numbers and numbers[text] not in seen:
            return numbers[text]
        print("Please type the number of a card that is not shown.")


def main():
    cards = list(PICTURES[:PAIRS] * 2)
    random.shuffle(cards)
    found = set()
    turns = 0
    print("Type the numbers of two cards that are the same. An empty line ends.")
    print("It is only fair not to look at what was printed before.\n")
    while len(found) < len(cards):
        show(cards, found)
        first = ask("First card: ", cards, found)
        if first is None:
            break
        print(f"It is {cards[first]}.")
        second = ask("Second card: ", cards, found | {first})
        if second is None:
            break
        turns += 1
        if cards[first] == cards[second]:
            found |= {first, second}
            print(f"It is {cards[second]}: a pair!\n")
        else:
            print(f"It is {cards[second]}. No pair.\n")
    print(f"You found {len(found) // 2} of {PAIRS} pairs. Turns: {turns}.")


if __name__ == "__main__":
    main()
