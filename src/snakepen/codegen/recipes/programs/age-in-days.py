"""How old you are in days, and how long it is until your next birthday."""

from datetime import date


def birthday_in(year, born):
    """Return the birthday in a year; who was born on 29 February has it on 1 March."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def describe(born, today):
    """Return the lines to print."""
    age = today.year - born.year - (today < birthday_in(today.year, born))
    next_one = birthday_in(today.year, born)
    if next_one < today:
        next_one = birthday_in(today.year + 1, born)
    days = (today - born).days
    wait = (next_one - today).days
    yield f"You were born on a {born:%A}."
    yield f"You are {age} years, or {days:,} days, or about {days * 24:,} hours old."
    yield "Happy birthday!" if wait == 0 else f"Your next birthday is in {wait} days."


def main():
    print("When were you born? An empty line ends.")
    while True:
        try:
            text = input("Year-month-day, such as 2001-12-31: ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        try:
            born = date.fromisoformat(text)
        except ValueError:
            print("That is no date in the form 2001-12-31.")
            continue
        if born > date.today():
            print("That is still to come.")
            continue
        print(*describe(born, date.today()), sep="\n")
    print("Goodbye!")


if __name__ == "__main__":
    main()
