"""A word guessing game: five letters, and each guess shows which of them are right."""

import random

GUESSES = 6
WORDS = """
    about actor amber apple beach berry bread brick bring brush candy chair chess chief
    clock cloud coast court crown dance dream drink earth eagle empty faith field flame
    fruit ghost giant glass grape green guest happy heart honey horse house image jelly
    judge juice knife lemon light lunch magic maple metal money month mouse music night
    noise ocean olive onion paint paper party peace phone piano pilot plant queen quiet
    radio river robot round salad sheep shirt sleep smile snail space spoon stone storm
    sugar table tiger toast tower train uncle voice watch whale wheel world young zebra
"""


def marks(guess, word):
    """Return + for a letter in its place, ? for one elsewhere in the word, else -."""
    rest = [char for char, own in zip(word, guess) if char != own]
    shown = ""
    for char, own in zip(word, guess):
        if char == own:
            shown += "+"
        elif own in rest:
            rest.remove(own)  # a letter that is there once is shown once
            shown += "?"
        else:
            shown += "-"
    return shown


def ask(question, length):
    """Return a word of that length, or None when the player has had enough."""
    while True:
        try:
            text = input(question).strip().lower()
        except EOFError:
            return None
        if text in ("", "quit"):
            return None
        if len(text) == length and text.isascii() and text.isalpha():
            return text
        print(f"Please type a word of {length} letters.")


def main():
    word = random.choice(WORDS.split())
    print(f"Guess the word of {len(word)} letters. An empty line ends.")
    print("+ is in its place, ? is elsewhere in the word, - is not in it.")
    for turn in range(1, GUESSES + 1):
        guess = ask(f"{turn} of {GUESSES}: ", len(word))
        if guess is None:
            print(f"The word was {word}. Goodbye!")
            return
        print(f"   {' '.join(guess.upper())}\n   {' '.join(marks(guess, word))}")
        if guess == word:
            print(f"Right! Guesses: {turn}.")
            return
    print(f"The word was {word}. You lose this time.")


if __name__ == "__main__":
    main()
