"""Rock, paper, scissors against the computer."""

import random

BEATS = {"rock": "scissors", "paper": "rock", "scissors": "paper"}


def main():
    won = lost = 0
    print("Type rock, paper or scissors, or r, p, s. An empty line ends.")
    while True:
        try:
            text = input("> ").strip().lower()
        except EOFError:
            break
        if text in ("", "quit"):
            break
        mine = next((name for name in BEATS if name.startswith(text)), None)
        if mine is None:
            print("Rock, paper or scissors?")
            continue
        yours = random.choice(list(BEATS))
        print(f"You: {mine}. Computer: {yours}.", end=" ")
        if mine == yours:
            print("A draw.")
        elif BEATS[mine] == yours:
            won += 1
            print(f"{mine.capitalize()} beats {yours}: you win.")
        else:
            lost += 1
            print(f"{yours.capitalize()} beats {mine}: you lose.")
    print(f"You won {won} and lost {lost}.")


if __name__ == "__main__":
    main()
