# snakepen: {"args": ["logs/app.log"], "files": {"logs/app.log": "2024-05-01 10:00:01,120 INFO  server started on port 8080\n2024-05-01 10:00:03,990 WARN  slow query: 1532 ms\n2024-05-01 10:00:04,001 ERROR db: connection refused\nTraceback (most recent call last):\n  ConnectionError\n2024-05-01 10:02:44,500 INFO  GET /index 200 12 ms\n2024-05-01 10:03:10,017 INFO  GET /login 500 98 ms\n2024-05-01 11:15:00,000 ERROR db: connection refused\n"}}
import re
import sys
from collections import Counter
from datetime import datetime

LINE = re.compile(r"(?P<when>\S+ \S+),\d{3} (?P<level>[A-Z]+)\s+(?P<message>.*)")

levels, errors, unparsed = Counter(), Counter(), 0
first = last = None

with open(sys.argv[1], encoding="utf-8") as log:
    for raw in log:
        match = LINE.match(raw)
        if match is None:
            unparsed += 1
            continue
        when = datetime.strptime(match["when"], "%Y-%m-%d %H:%M:%S")
        first = first or when
        last = when
        levels[match["level"]] += 1
        if match["level"] == "ERROR":
            errors[match["message"]] += 1

print(f"From {first} to {last} ({last - first})")
for level in ("INFO", "WARN", "ERROR"):
    print(f"{level:<6}{levels[level]:>3} {'#' * levels[level]}")
print(f"Lines that are not log entries: {unparsed}")
for message, times in errors.most_common():
    print(f"{times}x {message}")
sys.exit(1 if errors else 0)
