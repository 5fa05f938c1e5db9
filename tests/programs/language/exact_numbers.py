import cmath
from decimal import Decimal, ROUND_HALF_EVEN, ROUND_UP, getcontext, localcontext, InvalidOperation, DivisionByZero
from fractions import Fraction

print(0.1 + 0.2, Decimal("0.1") + Decimal("0.2"), Fraction(1, 10) + Fraction(2, 10))
print(Decimal(0.1))
print([round(x) for x in (0.5, 1.5, 2.5, -0.5)], round(2.675, 2), round(Decimal("2.675"), 2))

cents = Decimal("0.01")
for price in ("2.345", "2.355", "2.3501"):
    d = Decimal(price)
    print(price, d.quantize(cents, ROUND_HALF_EVEN), d.quantize(cents, ROUND_UP))

with localcontext() as ctx:
    ctx.prec = 50
    print(Decimal(2).sqrt())
print(Decimal(1) / 7, getcontext().prec)

harmonic = sum((Fraction(1, n) for n in range(1, 11)), Fraction())
print(harmonic, float(harmonic), harmonic.limit_denominator(100), Fraction("3.125"), repr(Fraction(-6, 4)))

z = 3 + 4j
print(abs(z), z.conjugate(), z ** 2, z * 1j, (1 + 0j) / z)
print(cmath.sqrt(-4), complex("1-2j"), -0j)
for bad in (lambda: Decimal("abc"), lambda: Decimal(1) / 0, lambda: Fraction(1, 0)):
    try:
        bad()
    except (InvalidOperation, DivisionByZero, ZeroDivisionError) as exc:
        print(type(exc).__name__, exc)
