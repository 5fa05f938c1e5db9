"""All leap years from one year to another."""

import calendar

FIRST = 2000
LAST = 2100
COLUMNS = 10


def main():
    years = [year for year in range(FIRST, LAST + 1) if calendar.isleap(year)]
    for start in range(0, len(years), COLUMNS):
        print("".join(f"{year:6}" for year in years[start : start + COLUMNS]))
    print(f"From {FIRST} to {LAST} there are {len(years)} leap years.")


if __name__ == "__main__":
    main()
