import datetime
import math
import pprint

for value in (0, 7.5, 1234567.891, -0.000123, 1e21, math.inf):
    print(f"{value:>16,.2f}|{value:<12.4g}|{value:^+14.3e}|{value:%}")

for n in (5, 255, 65_535):
    print(f"{n:08b} {n:#x} {n:o} {n:>10_d} {n:c}" if n < 256 else f"{n:_b} {n:#X} {n:,}")

print("%-10s|%5.1f|%03d|%r|%%" % ("left", 2.25, 7, "q'uote"))
print("{0[name]:*^12} {1.year} {2!r:>6}".format({"name": "Eve"}, datetime.date(1999, 12, 31), "x"))
width, places = 12, 3
print(f"{math.pi:{width}.{places}f} {math.tau=:.4f} {'nested ' + f'{1 + 1}':>15}")
print(round(2.5), round(3.5), round(-0.5), round(1234.5678, -2), round(2.675, 2))
print((255).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "little"), (0.1).hex(), (0.75).as_integer_ratio())
menu = {"starters": ["soup of the day", "bruschetta"], "mains": {"fish": 12.5, "vegan": ["risotto", "curry", "stew"]}, "wine": None}
pprint.pprint(menu, width=44, sort_dicts=False)
print(f"{datetime.timedelta(hours=1.5)!s:>10} {datetime.datetime(2024, 7, 4, 9, 5):%d.%m.%y %I:%M %p}")
