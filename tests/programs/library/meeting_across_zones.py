from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

start = datetime(2024, 3, 8, 15, 0, tzinfo=timezone.utc)
people = {
    "Marta": "Europe/Madrid",
    "Kenji": "Asia/Tokyo",
    "Priya": "Asia/Kolkata",
    "Dan": "America/New_York",
}

for week in range(2):
    when = start + timedelta(weeks=week)
    print(f"Call {week + 1}: {when:%Y-%m-%d %H:%M} UTC")
    for person, zone in people.items():
        local = when.astimezone(ZoneInfo(zone))
        print(f"   {person:<6} {local:%a %H:%M} {local.tzname():<5} (UTC{local:%z})")

berlin = ZoneInfo("Europe/Berlin")
first = datetime(2024, 10, 27, 2, 30, tzinfo=berlin)
second = first.replace(fold=1)
print("2:30 happens twice:", first.utcoffset(), "then", second.utcoffset())
try:
    ZoneInfo("Mars/Olympus_Mons")
except ZoneInfoNotFoundError as err:
    print("error:", err.args[0])
