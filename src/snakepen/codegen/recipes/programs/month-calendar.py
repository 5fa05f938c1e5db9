"""A calendar of a month, or of a whole year."""

import calendar
from datetime import date

YEAR = None  # None: this year
MONTH = None  # 1 to 12; None: this month, or all of YEAR
FIRST_DAY = calendar.MONDAY

today = date.today()
pages = calendar.TextCalendar(FIRST_DAY)
if YEAR is not None and MONTH is None:
    print(pages.formatyear(YEAR).rstrip())
else:
    year, month = YEAR or today.year, MONTH or today.month
    print(pages.formatmonth(year, month).rstrip())
    first = date(year, month, 1)
    _, days = calendar.monthrange(year, month)
    print()
    print(
        f"{first:%B %Y} has {days} days and begins in week {first.isocalendar().week}."
    )
