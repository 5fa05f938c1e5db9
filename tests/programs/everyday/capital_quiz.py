# snakepen: {"stdin": "Paris\n tokyo \nSydney\nOttawa\n"}
QUESTIONS = [
    ("France", "Paris"),
    ("Japan", "Tokyo"),
    ("Australia", "Canberra"),
    ("Canada", "Ottawa"),
    ("Brazil", "Brasília"),
]


def ask(country, capital):
    answer = input(f"What is the capital of {country}? ")
    if answer.strip().lower() == capital.lower():
        print("Right!")
        return 1
    print(f"Sorry, it is {capital}.")
    return 0


score = 0
for number, (country, capital) in enumerate(QUESTIONS, start=1):
    try:
        print(f"Question {number} of {len(QUESTIONS)}")
        score += ask(country, capital)
    except EOFError:
        print("\nNo more answers, stopping here.")
        break

percent = 100 * score / len(QUESTIONS)
print(f"Score: {score}/{len(QUESTIONS)} ({percent:.0f}%)")
