# snakepen: {"stdin": "50\nabc\n25\n101\n31\n27\n"}
import random

random.seed("snake")
secret = random.randint(1, 100)
low, high = 1, 100

print("I'm thinking of a number between 1 and 100.")
tries = 0
while True:
    guess = input(f"Your guess ({low}-{high})? ")
    try:
        guess = int(guess)
    except ValueError:
        print("That's not a number!")
        continue
    if not 1 <= guess <= 100:
        print("Out of range, silly.")
        continue
    tries += 1
    if guess < secret:
        print("Too low!")
        low = max(low, guess + 1)
    elif guess > secret:
        print("Too high!")
        high = min(high, guess - 1)
    else:
        print(f"Correct! You got it in {tries} {'try' if tries == 1 else 'tries'}.")
        break
