"""Parses JSON into lists and dictionaries, and takes values out of them."""

import json
from pathlib import Path

FILE = "data.json"  # a sample is used when it is not there
SAMPLE = """
{
  "name": "Ada",
  "born": {"year": 1815, "town": "London"},
  "tags": ["maths", "machines"],
  "alive": false
}
"""


def read():
    """Return what the file holds, or the sample."""
    if Path(FILE).exists():
        return json.loads(Path(FILE).read_text("utf-8-sig", errors="replace"))
    print(f"There is no {FILE}, so this is a sample.")
    return json.loads(SAMPLE)


def walk(value, path="data"):
    """Yield each value with how Python gets to it: data["born"]["year"]."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from walk(inner, f"{path}[{json.dumps(key, ensure_ascii=False)}]")
    elif isinstance(value, list) and value:
        for position, inner in enumerate(value):
            yield from walk(inner, f"{path}[{position}]")
    else:
        yield path, value


def main():
    try:
        found = list(walk(read()))
    except json.JSONDecodeError as error:
        print(f"Line {error.lineno}, column {error.colno}: {error.msg}")
        return
    except (OSError, RecursionError, ValueError) as error:
        print(f"{FILE} cannot be read: {error}")
        return
    for path, value in found:
        print(f"{path} = {value!r}   ({type(value).__name__})")


if __name__ == "__main__":
    main()
