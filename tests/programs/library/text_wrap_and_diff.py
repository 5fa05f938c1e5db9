import difflib
import textwrap

PARAGRAPH = """
    It was a bright cold day in April, and the clocks were striking thirteen.
    The hallway smelt of boiled cabbage and old rag mats.
"""
text = " ".join(textwrap.dedent(PARAGRAPH).split())
print(textwrap.fill(text, width=40, initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten(text, width=48, placeholder=" [...]"))
print(textwrap.indent("one\n\ntwo", "> "))

old = ["apples 3", "pears 2", "plums 9", "figs 1"]
new = ["apples 3", "pears 4", "plums 9", "dates 7", "figs 1"]
print("\n".join(difflib.unified_diff(old, new, "before", "after", lineterm="", n=1)))
for line in difflib.ndiff(["colour"], ["color"]):
    print(line.rstrip("\n"))

print(difflib.get_close_matches("pyhton", ["python", "typhoon", "perl", "pylon"]))
matcher = difflib.SequenceMatcher(None, "kitten", "sitting")
print(round(matcher.ratio(), 3))
for tag, a1, a2, b1, b2 in matcher.get_opcodes():
    print(f"{tag:<8}{'kitten'[a1:a2]!r:>6} -> {'sitting'[b1:b2]!r}")
