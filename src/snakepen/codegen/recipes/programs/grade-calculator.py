"""Turns points from 0 to 100 into grades, and works out their average."""

import re

# From so many points on; change them to those of your school.
GRADES = {90: "A", 80: "B", 70: "C", 60: "D", 0: "F"}


def grade(points):
    """Return the letter for points."""
    return next(letter for least, letter in GRADES.items() if points >= least)


def main():
    print("Type points from 0 to 100, one by one or several on a line.")
    print("An empty line ends.")
    points = []
    while True:
        try:
            words = input("> ").replace(",", " ").split()
        except EOFError:
            break
        if not words or words == ["quit"]:
            break
        for word in words:
            word = word.removesuffix("%")
            if re.fullmatch(r"\d{1,3}(\.\d{1,5})?", word) and float(word) <= 100:
                points.append(float(word))
                print(f"  {word}: {grade(points[-1])}")
            else:
                print(f"  {word}: points are from 0 to 100, such as 85 or 92.5.")
    if points:
        average = sum(points) / len(points)
        print(f"Grades: {len(points)}")
        print(f"Best: {max(points):g}, lowest: {min(points):g}")
        print(f"Average: {average:.2f}, which is {grade(average)}")
    else:
        print("There was nothing to work out.")


if __name__ == "__main__":
    main()
