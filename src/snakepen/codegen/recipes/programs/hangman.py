"""Hangman: find the word, letter by letter, before the lives run out."""

import random

LIVES = 7
WORDS = """
    adventure airport balloon bicycle blanket breakfast bridge butterfly camera candle
    castle chimney computer crocodile diamond dolphin elephant festival fountain garden
    giraffe hammer harbour island jungle kangaroo keyboard kitchen ladder lantern library
    lightning magnet mountain museum notebook orange orchestra parrot penguin pepper
    piano pirate planet pyramid python rainbow rhythm rocket sandwich scissors shadow
    station sunflower telescope thunder tomato tunnel umbrella volcano whisper window
"""


def ask(tried):
    """Return a new letter or a whole word, or None when the player has had enough."""
    while True:
        try:
            text = input("A letter, or the word: ").strip().lower()
        except EOFError:
            return None
        if text in ("", "quit"):
            return None
        if not text.isalpha():
            print("Only letters, please.")
        elif text in tried:
            print(f"You tried {text!r} before.")
        else:
            return text


def main():
    word = random.choice(WORDS.split())
    lives = LIVES
    tried = []
    print("Find the word. An empty line ends.")
    while lives > 0:
        shown = " ".join(char if char in tried else "_" for char in word)
        print(f"\n{shown}    lives: {lives}    tried: {' '.join(tried)}".rstrip())
        guess = ask(tried)
        if guess is None:
            print(f"The word was {word}. Goodbye!")
            return
        tried.append(guess)
        if guess == word or set(word) <= set(tried):
            print(f"Yes, {word}! You win.")
            return
        if len(guess) > 1 or guess not in word:
            lives -= 1
            print("No.")
    print(f"The word was {word}. You lose this time.")


if __name__ == "__main__":
    main()
