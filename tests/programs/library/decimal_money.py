from decimal import (
    ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, DivisionByZero, Inexact,
    InvalidOperation, getcontext, localcontext,
)

print(0.1 + 0.2, Decimal("0.1") + Decimal("0.2"))
print(Decimal(0.1).quantize(Decimal("1e-20")))

CENT = Decimal("0.01")
for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN):
    print(f"{mode:<16}", [str(Decimal(x).quantize(CENT, mode)) for x in ("2.345", "2.355", "-1.005")])

bill, people = Decimal("100.00"), 3
share = (bill / people).quantize(CENT, ROUND_DOWN)
print("shares", [share] * people, "left over", bill - share * people)

with localcontext() as ctx:
    ctx.prec = 50
    print(Decimal(2).sqrt())
    ctx.prec = 6
    print(Decimal(1) / 7, Decimal("1E+3") * 5, (Decimal(10) ** 20).normalize())
    ctx.traps[Inexact] = True
    try:
        Decimal(1) / 3
    except Inexact:
        print("one third is inexact")

for expression in (lambda: Decimal(1) / 0, lambda: Decimal("twelve")):
    try:
        expression()
    except (DivisionByZero, InvalidOperation) as err:
        print(type(err).__name__, err)
print(f"{Decimal('1234567.891'):,.2f}", Decimal("1.10").as_tuple(), getcontext().prec)
