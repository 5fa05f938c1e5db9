"""Tidies JSON: checks it, and prints it with an indent and its keys in order."""

import json

INDENT = 2
SAMPLE = '{"name": "Ada", "tags": ["maths", "machines"], "born": {"year": 1815}}'


def read_text():
    """Return what is pasted until an empty line; a sample if there is nothing."""
    print("Paste JSON, then an empty line. (Nothing: a sample.)")
    lines = []
    try:
        while line := input():
            lines.append(line)
    except EOFError:
        pass
    return "\n".join(lines) or SAMPLE


def main():
    text = read_text()
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        print(f"Line {error.lineno}, column {error.colno}: {error.msg}")
        print(text.splitlines()[error.lineno - 1])
        print(" " * (error.colno - 1) + "^")
    else:
        print(json.dumps(value, indent=INDENT, sort_keys=True, ensure_ascii=False))


if __name__ == "__main__":
    main()
