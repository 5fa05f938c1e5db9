from decimal import Decimal, getcontext

getcontext().prec = 28
CENT = Decimal("0.01")

principal = Decimal(12000)
yearly_rate = Decimal("5.4")
months = 12

rate = yearly_rate / 100 / 12
payment = (principal * rate / (1 - (1 + rate) ** -months)).quantize(CENT)

print(f"Loan {principal:,} at {yearly_rate}% over {months} months")
print(f"{'Month':>5} {'Payment':>10} {'Interest':>9} {'Principal':>10} {'Balance':>11}")

balance = principal
total_interest = Decimal(0)
for month in range(1, months + 1):
    interest = (balance * rate).quantize(CENT)
    paid = payment if month < months else balance + interest
    balance -= paid - interest
    total_interest += interest
    print(f"{month:>5} {paid:>10,} {interest:>9,} {paid - interest:>10,} {balance:>11,}")

print(f"Total interest: {total_interest}")
assert balance == 0
