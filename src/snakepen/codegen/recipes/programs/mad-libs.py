"""Mad libs: give words without knowing the story that they will stand in."""

import random
import re
import textwrap

# What is in braces is asked for. Put in your own stories!
STORIES = """
Last {day of the week} a {adjective} {animal} moved in next door. It painted
the house {colour}, filled the bath with {food} and invited {number} friends.
"{exclamation}!" said the neighbours, and began to {verb}.

Captain {name} had one wish: to sail to {place} in a {adjective} {thing}.
After {number} days at sea there was nothing left to eat but {food}. The crew
started to {verb}, and the ship has been {colour} ever since.

Welcome to the {adjective} restaurant of {place}! Today we serve {food} with a
{animal} on top. Please do not {verb} at the table, and leave your {thing} at
the door. Our guests say: "{exclamation}, {number} times better than at home."
"""


def blanks(story):
    """Return what is asked for, in the order of the story."""
    return re.findall(r"\{(.+?)\}", story)


def main():
    story = random.choice(STORIES.strip().split("\n\n"))
    print("Type what is asked for, whatever comes to your mind. An empty line ends.")
    for blank in blanks(story):
        try:
            word = input(f"{blank}: ").strip()
        except EOFError:
            word = ""
        if not word:
            print("No story today. Goodbye!")
            return
        story = story.replace(f"{{{blank}}}", word, 1)
    print("\n" + textwrap.fill(story, 78))


if __name__ == "__main__":
    main()
