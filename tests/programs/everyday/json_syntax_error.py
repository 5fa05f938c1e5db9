# snakepen: {"stdin": "{\"host\": \"example.org\",\n \"port\": 80,\n \"debug\": True}\n"}
import json
import sys

text = sys.stdin.read()
try:
    config = json.loads(text)
except json.JSONDecodeError as error:
    print("Could not read the configuration:", error)
    line = text.splitlines()[error.lineno - 1]
    print("   ", line)
    print("   ", " " * (error.colno - 1) + "^")
    sys.exit(2)
print("host is", config["host"])
