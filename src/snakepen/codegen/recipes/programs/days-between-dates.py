"""How many days there are between two dates."""

from datetime import date

FIRST = None  # a date here, as "2024-01-01", is worked out at once
LAST = None  # None is today


def describe(first, last):
    days = (last - first).days
    print(f"From {first:%A}, {first} to {last:%A}, {last}:")
    weeks, rest = divmod(abs(days), 7)
    print(f"  Days: {abs(days):,}{' backwards' if days < 0 else ''}")
    print(f"  Weeks: {weeks:,}, and days: {rest}")


def ask(question):
    """Return the date that is typed; None when nothing is."""
    while True:
        try:
            text = input(question).strip()
        except EOFError:
            return None
        if text.lower() in ("", "quit"):
            return None
        if text.lower() == "today":
            return date.today()
        try:
            return date.fromisoformat(text)
        except ValueError:
            print("That is no date in the form 2024-12-31.")


def main():
    if FIRST:
        last = date.fromisoformat(LAST) if LAST else date.today()
        describe(date.fromisoformat(FIRST), last)
    print("Type dates such as 2024-12-31, or today. An empty line ends.")
    while True:
        first = ask("From: ")
        if first is None:
            break
        last = ask("To: ")
        if last is None:
            break
        describe(first, last)


if __name__ == "__main__":
    main()
