"""What day of the week a date is."""

from datetime import date

FIRST = None  # a date here, as "1969-07-20", is looked up at once


def describe(day):
    today = date.today()
    verb = "was" if day < today else "is" if day == today else "will be"
    print(f"{day} {verb} a {day:%A}, day {day.timetuple().tm_yday} of the year.")


def main():
    if FIRST:
        describe(date.fromisoformat(FIRST))
    print("Type a date such as 1969-07-20, or today. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if text.lower() == "today":
            describe(date.today())
            continue
        try:
            describe(date.fromisoformat(text))
        except ValueError:
            print("That is no date in the form 1969-07-20.")


if __name__ == "__main__":
    main()
