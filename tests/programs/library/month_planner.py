# snakepen: {"args": ["2024", "2"]}
import calendar
import sys

year, month = (int(a) for a in sys.argv[1:3])
print(calendar.month(year, month))

cal = calendar.Calendar(firstweekday=calendar.SUNDAY)
print("Su Mo Tu We Th Fr Sa")
for week in cal.monthdayscalendar(year, month):
    print(" ".join(f"{d:2}" if d else " ." for d in week))

print("leap year" if calendar.isleap(year) else "common year")
fridays = [
    f"{m:02}-13"
    for m in range(1, 13)
    if calendar.weekday(year, m, 13) == calendar.FRIDAY
]
print("Friday the 13th:", ", ".join(fridays))
print("Leap years 1901-2000:", calendar.leapdays(1901, 2001))
