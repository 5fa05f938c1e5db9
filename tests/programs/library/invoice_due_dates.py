from datetime import date, datetime, timedelta, timezone

INVOICES = [
    ("INV-001", date(2024, 1, 31), 30),
    ("INV-002", date(2024, 2, 15), 14),
    ("INV-003", date(2023, 12, 24), 60),
]
TODAY = date(2024, 3, 1)


def next_working_day(day):
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


for number, issued, terms in INVOICES:
    due = next_working_day(issued + timedelta(days=terms))
    late = (TODAY - due).days
    state = f"{late} days late" if late > 0 else f"due in {-late} days" if late < 0 else "due today"
    print(f"{number}  issued {issued:%a %d %b %Y}  due {due.isoformat()}  {state}")

shift = datetime(2024, 2, 28, 22, 30, tzinfo=timezone.utc) + timedelta(hours=26, minutes=45)
print(shift.isoformat(), shift.strftime("%A, day %j of %Y"))
print(datetime.strptime("29/02/2024 07:05", "%d/%m/%Y %H:%M"))
print(timedelta(seconds=100_000), timedelta(days=-1, hours=5), timedelta(weeks=2) / timedelta(days=3))
try:
    date(2023, 2, 29)
except ValueError as e:
    print("2023-02-29:", e)
print("ISO week:", tuple(date(2024, 12, 30).isocalendar()))
