/** What somebody may ask for who does not know what to ask for: each finds a recipe, so that it works without a model. */
export const PROMPTS: readonly string[] = [
  "create me a simple calculator",
  "a quiz with three questions",
  "a times table up to 12",
  "guess the number",
];

/** What the editor holds for somebody who comes for the first time; it asks, so that one sees that one can answer. */
export const WELCOME = `import random

number = random.randint(1, 20)
print("I am thinking of a number from 1 to 20.")

for attempt in range(1, 7):
    guess = int(input("Your guess? "))
    if guess == number:
        print(f"Yes, {number}! You needed {attempt} of 6 guesses.")
        break
    print("Higher." if guess < number else "Lower.")
else:
    print(f"It was {number}. Once more?")
`;
