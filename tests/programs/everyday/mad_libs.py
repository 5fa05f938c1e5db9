# snakepen: {"stdin": "purple\nelephant\nsneeze\nBogotá\n17\n"}
import re

STORY = """\
One {adjective} morning a {animal} woke up in {city}.
It wanted to {verb}, but it had already {verb}d {number} times!
"Never {verb} on a {adjective} day," said the other {animal}s.
"""

answers = {}


def fill(match):
    kind = match.group(1)
    return answers[kind]


for kind in ["adjective", "animal", "verb", "city", "number"]:
    article = "an" if kind[0] in "aeiou" else "a"
    answers[kind] = input(f"Give me {article} {kind}: ")

print("\n--- Your story ---")
print(re.sub(r"\{(\w+)\}", fill, STORY))
longest = max(answers, key=lambda k: len(answers[k]))
print("Longest word:", answers[longest].upper())
