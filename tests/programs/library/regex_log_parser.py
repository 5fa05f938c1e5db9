# snakepen: {"stdin": "192.168.0.4 - - [02/Mar/2024:10:15:32] \"GET /index.html HTTP/1.1\" 200 5120\n10.0.0.9 - bob [02/Mar/2024:10:15:40] \"POST /login HTTP/1.1\" 403 87\ngarbage line\n192.168.0.4 - - [02/Mar/2024:10:16:01] \"GET /logo.png HTTP/2\" 304 -\n"}
import re
import sys

LINE = re.compile(
    r"""
    (?P<ip>\d{1,3}(?:\.\d{1,3}){3}) \s - \s (?P<user>\S+) \s
    \[(?P<when>[^\]]+)\] \s
    "(?P<method>[A-Z]+)\s(?P<path>\S+)\s(?P<proto>HTTP/[\d.]+)" \s
    (?P<status>\d{3}) \s (?P<size>\d+|-)
    """,
    re.VERBOSE,
)

bad = 0
for number, line in enumerate(sys.stdin, 1):
    m = LINE.match(line)
    if m is None:
        bad += 1
        print(f"line {number}: cannot parse {line.rstrip()!r}", file=sys.stderr)
        continue
    size = 0 if m["size"] == "-" else int(m["size"])
    print(f"{m['status']} {m['method']:<4} {m['path']:<12} {size:>5} bytes from {m['ip']}")

print(re.sub(r"(\d+)/(\w+)/(\d+)", r"\3-\2-\1", "on 02/Mar/2024 and 5/Apr/2023"))
print(re.split(r"[;,]\s*", "red; green,blue;   cyan"))
print([w for w in re.findall(r"\b(?=\w*[aeiou]{2})\w+", "the queue moved along the quay")])
sys.exit(1 if bad else 0)
