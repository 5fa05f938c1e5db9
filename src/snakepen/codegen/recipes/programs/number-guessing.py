"""A guessing game: the computer thinks of a number."""

import random

LOWEST = 1
HIGHEST = 100


def ask():
    """Return a guess, or None when the player has had enough."""
    while True:
        try:
            text = input("Your guess: ").strip()
        except EOFError:
            return None
        if text.lower() in ("", "quit"):
            return None
        try:
            return int(text)
        except ValueError:
            print("Please type a whole number.")


def main():
    secret = random.randint(LOWEST, HIGHEST)
    print(f"I am thinking of a number from {LOWEST} to {HIGHEST}.")
    print("An empty line ends.")
    tries = 0
    while (guess := ask()) is not None:
        tries += 1
        if guess < secret:
            print("Too low.")
        elif guess > secret:
            print("Too high.")
        else:
            print(f"Right! You needed {tries} {'try' if tries == 1 else 'tries'}.")
            return
    print(f"It was {secret}. Goodbye!")


if __name__ == "__main__":
    main()
