# snakepen: {"args": ["2024", "2"]}
import calendar
import sys
from datetime import date, timedelta

year, month = map(int, sys.argv[1:3])
holidays = {date(2024, 2, 14): "Valentine's Day", date(2024, 2, 29): "Leap day"}

print(f"{calendar.month_name[month]} {year}".center(28))
print("".join(f"{name:>4}" for name in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")))
for week in calendar.Calendar(firstweekday=0).monthdatescalendar(year, month):
    cells = []
    for day in week:
        if day.month != month:
            cells.append("   .")
        elif day in holidays:
            cells.append(f"{day.day:>3}*")
        else:
            cells.append(f"{day.day:>3} ")
    print("".join(cells).rstrip())

for day, name in holidays.items():
    print(f"* {day:%a %d %b} (day {day.timetuple().tm_yday}, week {day.isocalendar().week}): {name}")
last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
print("Last day:", last.isoformat())
