"""What a loan costs: the monthly payment, and what is still owed after each year."""

AMOUNT = 20000
RATE = 4.5  # per cent a year
MONTHS = 60


def monthly_payment(amount, rate, months):
    """Return the equal payment that clears the loan in so many months."""
    monthly = rate / 100 / 12
    if monthly == 0:
        return amount / months
    return amount * monthly / (1 - (1 + monthly) ** -months)


def main():
    payment = monthly_payment(AMOUNT, RATE, MONTHS)
    years, rest = divmod(MONTHS, 12)
    time = f"{years} years" if not rest else f"{MONTHS} months"
    print(f"{AMOUNT:,.2f} at {RATE} % over {time}")
    print(f"Monthly payment: {payment:,.2f}")
    print(f"Interest in all: {payment * MONTHS - AMOUNT:,.2f}")
    print()
    print("Year     Interest    Paid back   Still owed")
    owed = AMOUNT
    for year in range(1, years + (rest > 0) + 1):
        year_interest = 0
        before = owed
        for _ in range(12 if year <= years else rest):
            interest = owed * RATE / 100 / 12
            year_interest += interest
            owed -= payment - interest
        # A last cent that rounding left is no debt.
        print(f"{year:4} {year_interest:12,.2f} {before - owed:12,.2f} ", end="")
        print(f"{max(owed, 0):12,.2f}")


if __name__ == "__main__":
    main()
