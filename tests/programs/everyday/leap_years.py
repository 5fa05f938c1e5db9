import calendar


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


assert all(is_leap(y) == calendar.isleap(y) for y in range(1, 3000))

for century in range(1600, 2101, 100):
    leaps = [y for y in range(century, century + 100) if is_leap(y)]
    mark = "yes" if is_leap(century) else "no "
    print(f"{century}: leap? {mark} | {len(leaps)} leap years, first {leaps[0]}, last {leaps[-1]}")

row = [f"{y}{'*' if is_leap(y) else ' '}" for y in range(1996, 2012)]
for i in range(0, len(row), 4):
    print(*row[i:i + 4])
print("days in 400 years:", sum(366 if is_leap(y) else 365 for y in range(2000, 2400)))
