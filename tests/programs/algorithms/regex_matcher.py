import re


def match_here(pattern, text):
    if not pattern:
        return 0
    if pattern == "$":
        return 0 if not text else None
    if len(pattern) > 1 and pattern[1] in "*+?":
        return match_repeat(pattern[0], pattern[1], pattern[2:], text)
    if text and pattern[0] in (".", text[0]):
        rest = match_here(pattern[1:], text[1:])
        return None if rest is None else rest + 1
    return None


def match_repeat(char, sign, rest, text):
    most = 0
    while most < len(text) and char in (".", text[most]):
        most += 1
    least = 1 if sign == "+" else 0
    if sign == "?":
        most = min(most, 1)
    for n in range(most, least - 1, -1):
        found = match_here(rest, text[n:])
        if found is not None:
            return n + found
    return None


def search(pattern, text):
    anchored = pattern.startswith("^")
    for start in range(1 if anchored else len(text) + 1):
        length = match_here(pattern.lstrip("^"), text[start:])
        if length is not None:
            return start, start + length


for pattern in ("^a.*z$", "ab+c", "colou?r", "x*", "l.", "b$", "^b"):
    for text in ("abbbc", "a to z", "my color", "hello world"):
        ours, real = search(pattern, text), re.search(pattern, text)
        assert ours == (real.span() if real else None), (pattern, text)
        if ours:
            print(f"{pattern:<8} in {text!r:<14} -> {text[slice(*ours)]!r}")
