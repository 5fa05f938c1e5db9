# snakepen: {"stdin": "look\nnorth\ntake key\nsouth\neast\ndance\nopen door\n", "env": {"HERO": "Mirabel"}}
import os
import sys

WORLD = {
    "hall": {"text": "A cold stone hall.", "north": "study", "east": "gate"},
    "study": {"text": "Dusty books. Something glints.", "south": "hall", "items": ["key"]},
    "gate": {"text": "An iron door blocks the way.", "west": "hall"},
}
hero = os.environ.get("HERO", "stranger")
place, bag, turns = "hall", [], 0
print(f"Welcome, {hero}!")

while True:
    try:
        words = input(f"[{place}] > ").lower().split()
    except EOFError:
        print("\nYou fall asleep in the", place)
        sys.exit(3)
    turns += 1
    match words:
        case []:
            continue
        case ["look"]:
            print(WORLD[place]["text"])
        case [("north" | "south" | "east" | "west") as way] if way in WORLD[place]:
            place = WORLD[place][way]
            print(WORLD[place]["text"])
        case ["take", thing] if thing in WORLD[place].get("items", []):
            WORLD[place]["items"].remove(thing)
            bag.append(thing)
            print("Taken:", thing)
        case ["open", "door"] if place == "gate" and "key" in bag:
            print(f"The door creaks open. {hero} escapes in {turns} turns!")
            break
        case [verb, *_]:
            print(f"You cannot {verb} here.")
