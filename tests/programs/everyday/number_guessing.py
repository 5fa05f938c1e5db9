# snakepen: {"stdin": "50\n75\nabc\n62\n56\n59\n60\n61\n"}
import random

random.seed(2024)
secret = random.randint(1, 100)

print("I'm thinking of a number between 1 and 100.")
tries = 0
while True:
    answer = input("Your guess: ")
    try:
        guess = int(answer)
    except ValueError:
        print(f"{answer!r} is not a number, try again.")
        continue
    tries += 1
    if guess < secret:
        print("Too low!")
    elif guess > secret:
        print("Too high!")
    else:
        print(f"Correct! You got it in {tries} tries.")
        break
