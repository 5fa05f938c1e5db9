from datetime import date
from decimal import Decimal

name, width, precision = "Zoë", 12, 3
value = 1234567.891
user = {"id": 7, "langs": ["py", "c"]}

print(f"{name!r:>{width}}|{name:*^{width}}|{name!a}")
print(f"{value:,.2f} {value:_.0f} {value:.{precision}e} {value:+015.1f} {value:g}")
print(f"{255:#x} {255:#010b} {255:o} {0.256:.1%} {10**9:,}")
print(f"{user['id']=} {len(user['langs'])=:>4} {value = :.1f}")
print(f"{{literal}} {'nested ' + f'{width + 1}'} {3 if width > 10 else 4}")
print(f"{date(2024, 2, 29):%A %d %B %Y, day %j}")
print(f"{Decimal('1.10') + 1} {Decimal('1E+3'):f} {1e100:.3g} {float('nan')} {-0.0:z.1f}")
print(f"{'left':<10}|{'right':>10}|{'mid':^10}|{'cut off here':.7}")
for row in [("apple", 3, 0.5), ("watermelon", 12, 10.25)]:
    print("{0:<12}{1:>4d}{2:>9.2f}".format(*row))
print("%-8s|%05d|%+.2f|%x|%r|%%" % ("old", 42, 3.14159, 255, "q'"))
print(f"""{
    sum(n * n for n in range(5))
    :>6}""")
