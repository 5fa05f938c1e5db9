"""Flash cards: what you did not know comes again, until you know everything."""

import random

# What is asked, and what should be answered. Put in your own words!
CARDS = {
    "the house (Spanish)": "la casa",
    "the book (Spanish)": "el libro",
    "the water (Spanish)": "el agua",
    "thank you (Spanish)": "gracias",
    "good night (Spanish)": "buenas noches",
}


def main():
    waiting = random.sample(list(CARDS), len(CARDS))
    asked = 0
    print('Type the answer; "?" shows it, an empty line ends.')
    while waiting:
        card = waiting.pop(0)
        try:
            answer = input(f"{card}: ").strip().lower()
        except EOFError:
            answer = ""
        if answer in ("", "quit"):
            waiting.append(card)
            break
        asked += 1
        if answer == CARDS[card].lower():
            print(f"Right. {len(waiting)} to go.")
        else:
            print(f"It is: {CARDS[card]}")
            # Not at once again, but after two others.
            waiting.insert(2, card)
    known = len(CARDS) - len(waiting)
    print(f"You know {known} of {len(CARDS)} cards, after {asked} answers.")


if __name__ == "__main__":
    main()
