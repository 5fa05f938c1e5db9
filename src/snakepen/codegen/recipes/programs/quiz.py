"""A quiz with four choices each, which keeps the score. Put in your own questions!"""

import random

ASKED = 5  # how many of the questions, in any order

# Each question with its answers; the right one comes first.
QUESTIONS = [
    ("Which planet is closest to the sun?", "Mercury", "Venus", "Mars", "Earth"),
    ("What is the capital of Australia?", "Canberra", "Sydney", "Perth", "Melbourne"),
    ("How many sides has a hexagon?", "6", "5", "7", "8"),
    ("Who painted the Mona Lisa?", "da Vinci", "Picasso", "van Gogh", "Monet"),
    ("What is H2O better known as?", "water", "salt", "oxygen", "hydrogen"),
    ("Which ocean is the largest?", "Pacific", "Atlantic", "Indian", "Arctic"),
    (
        "In which year did people first walk on the moon?",
        "1969",
        "1959",
        "1972",
        "1981",
    ),
    ("Which gas do plants take from the air?", "CO2", "oxygen", "helium", "methane"),
    ("How many strings has a violin?", "4", "5", "6", "8"),
    ("What is the square root of 144?", "12", "14", "11", "16"),
]


def ask(question, answers):
    """Ask one question; True when the answer is right, None when the player stops."""
    right = answers[0]
    answers = random.sample(answers, len(answers))
    print(f"\n{question}")
    for letter, answer in zip("abcd", answers):
        print(f"  {letter}) {answer}")
    while True:
        try:
            text = input("Your answer: ").strip().lower()
        except EOFError:
            return None
        if text in ("", "quit"):
            return None
        if text in tuple("abcd"[: len(answers)]):
            break
        print("Please type the letter of an answer.")
    chosen = answers["abcd".index(text)]
    print("Right!" if chosen == right else f"No, it is {right}.")
    return chosen == right


def main():
    score = done = 0
    print("Type the letter of an answer. An empty line ends.")
    for question, *answers in random.sample(QUESTIONS, min(ASKED, len(QUESTIONS))):
        right = ask(question, answers)
        if right is None:
            break
        done += 1
        score += right
    print(f"\nYou knew {score} of {done}.")


if __name__ == "__main__":
    main()
