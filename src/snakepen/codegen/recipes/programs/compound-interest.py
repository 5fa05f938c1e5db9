"""How savings grow with compound interest, year by year."""

AMOUNT = 1000  # what there is at the start
RATE = 5  # per cent a year
YEARS = 10
PERIODS = 1  # how often in a year the interest is added: 12 is monthly
MONTHLY = 0  # what is put in each month


def grow(amount, rate, years, periods, monthly):
    """Yield (year, interest of that year, balance at its end)."""
    balance = amount
    # The monthly rate that makes exactly what all periods of a year make in 12 months.
    monthly_rate = (1 + rate / 100 / periods) ** (periods / 12) - 1
    for year in range(1, years + 1):
        interest = 0
        for _ in range(12):
            gain = balance * monthly_rate
            interest += gain
            balance += gain + monthly
        yield year, interest, balance


def main():
    often = {1: "yearly", 2: "half-yearly", 4: "quarterly", 12: "monthly", 365: "daily"}
    how = often.get(PERIODS, f"{PERIODS} times a year")
    print(f"{AMOUNT:,.2f} at {RATE} % a year, added {how}")
    print(f"{MONTHLY:,.2f} is put in each month.")
    print()
    print("Year      Interest         Balance")
    balance = AMOUNT
    for year, interest, balance in grow(AMOUNT, RATE, YEARS, PERIODS, MONTHLY):
        print(f"{year:4} {interest:13,.2f} {balance:15,.2f}")
    paid = AMOUNT + 12 * YEARS * MONTHLY
    print()
    print(f"Paid in {paid:,.2f}, earned {balance - paid:,.2f}.")


if __name__ == "__main__":
    main()
