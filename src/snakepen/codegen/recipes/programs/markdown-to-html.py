"""Turns Markdown into HTML: headings, lists, paragraphs, bold, code and links."""

import html
import re
from pathlib import Path

FILE = "text.md"  # a sample is used when it is not there
SAMPLE = """\
# Bread

Bread needs **four** things, and *time*:

- flour
- water
- salt & yeast

## How

Mix, wait, bake. See [the long story](https://example.org/bread), or run `bake()`.
"""
INLINE = [
    (r"`(.+?)`", r"<code>\1</code>"),
    (r"\*\*(.+?)\*\*", r"<strong>\1</strong>"),
    (r"\*(.+?)\*", r"<em>\1</em>"),
    (r"\[([^\]]+)\]\((https?://[^)\s]+)\)", r'<a href="\2">\1</a>'),
]


def inline(text):
    """Return a line with its marks replaced, and nothing else taken as HTML."""
    text = html.escape(text)
    for pattern, replacement in INLINE:
        text = re.sub(pattern, replacement, text)
    return text


def convert(markdown):
    """Return the HTML of blocks that empty lines separate."""
    blocks = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        lines = block.splitlines()
        if heading := re.match(r"(#{1,6}) +(.*)", lines[0]):
            level = len(heading[1])
            blocks.append(f"<h{level}>{inline(heading[2])}</h{level}>")
            lines = lines[1:]
        if lines and all(re.match(r"[-*] ", line) for line in lines):
            items = "\n".join(f"  <li>{inline(line[2:])}</li>" for line in lines)
            blocks.append(f"<ul>\n{items}\n</ul>")
        elif lines:
            blocks.append(f"<p>{inline(' '.join(lines))}</p>")
    return "\n".join(blocks) + "\n"


def main():
    path = Path(FILE)
    page = convert(path.read_text("utf-8") if path.exists() else SAMPLE)
    path.with_suffix(".html").write_text(page, "utf-8")
    print(page, end="")


if __name__ == "__main__":
    main()
