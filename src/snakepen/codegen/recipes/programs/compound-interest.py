"""How savings grow with compound interest, year by year."""

AMOUNT = 1000  # what there is at the start
RATE = 5  # per cent a year
YEARS = 10
MONTHLY = 0  # what is added each month


def grow(amount, rate, years, monthly):
    """Yield (year, interest of that year, balance at its end)."""
    balance = amount
    for year in range(1, years + 1):
        interest = 0
        for _ in range(12):
            # The monthly rate that makes exactly the yearly one after 12 months.
            gain = balance * ((1 + rate / 100) ** (1 / 12) - 1)
            interest += gain
            balance += gain + monthly
        yield year, interest, balance


def main():
    print(f"{AMOUNT:,.2f} at {RATE} % a year, and {MONTHLY:,.2f} more each month")
    print()
    print("Year      Interest         Balance")
    balance = AMOUNT
    for year, interest, balance in grow(AMOUNT, RATE, YEARS, MONTHLY):
        print(f"{year:4} {interest:13,.2f} {balance:15,.2f}")
    paid = AMOUNT + 12 * YEARS * MONTHLY
    print()
    print(f"Paid in {paid:,.2f}, earned {balance - paid:,.2f}.")


if __name__ == "__main__":
    main()
