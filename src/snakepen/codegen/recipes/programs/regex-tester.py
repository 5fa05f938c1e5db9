"""Tests a regular expression against texts, and shows what it matches."""

import re


def ask(question):
    try:
        return input(question)
    except EOFError:
        return ""


def show_matches(pattern, text):
    """Print each match, marked below the text, with its groups."""
    matches = list(pattern.finditer(text))
    if not matches:
        print("  no match")
        return
    marks = [" "] * (len(text) + 1)
    for match in matches:
        for place in range(match.start(), max(match.end(), match.start() + 1)):
            marks[place] = "^"
    print(f"  {text}\n  {''.join(marks).rstrip()}")
    for match in matches:
        print(f"  {match.start()} to {match.end()}: {match[0]!r}", end="")
        groups = dict(enumerate(match.groups(), 1)) | match.groupdict()
        print("".join(f", {name} = {value!r}" for name, value in groups.items()))


def main():
    while True:
        expression = ask("Regular expression (Enter to end): ")
        if expression in ("", "quit"):
            break
        try:
            pattern = re.compile(expression)
        except re.error as error:
            print(f"That is not one: {error}.")
            continue
        while text := ask("Text (Enter for another expression): "):
            show_matches(pattern, text)


if __name__ == "__main__":
    main()
