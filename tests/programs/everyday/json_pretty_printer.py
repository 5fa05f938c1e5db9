# snakepen: {"stdin": "{\"name\":\"Zoë\",\"tags\":[\"b\",\"a\"],\"nested\":{\"z\":null,\"a\":[1,2.50,1e3,true]},\"empty\":{}}"}
import json
import sys


def depth(value):
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth, value), default=0)
    return 0


try:
    data = json.load(sys.stdin)
except json.JSONDecodeError as error:
    sys.exit(f"bad JSON at line {error.lineno} column {error.colno}: {error.msg}")

json.dump(data, sys.stdout, indent=4, sort_keys=True, ensure_ascii=False)
print()
print("compact:", json.dumps(data, separators=(",", ":")))
print("depth:", depth(data), file=sys.stderr)
