# snakepen: {"stdin": "# Shopping & *more*\n\nSome **bold** text with `x < y` and a [link](https://example.org/?a=1&b=2).\nSecond line.\n\n- milk\n- *eggs*\n\n## End\n"}
import html
import re
import sys

INLINE = [
    (r"`([^`]+)`", r"<code>\1</code>"),
    (r"\*\*(.+?)\*\*", r"<strong>\1</strong>"),
    (r"\*(.+?)\*", r"<em>\1</em>"),
    (r"\[([^]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>'),
]


def inline(text):
    text = html.escape(text, quote=False)
    for pattern, replacement in INLINE:
        text = re.sub(pattern, replacement, text)
    return text


def convert(source):
    for block in re.split(r"\n{2,}", source.strip()):
        if heading := re.match(r"(#{1,6}) (.*)", block):
            level = len(heading[1])
            yield f"<h{level}>{inline(heading[2])}</h{level}>"
        elif block.startswith("- "):
            yield "<ul>"
            for item in block.splitlines():
                yield f"  <li>{inline(item[2:])}</li>"
            yield "</ul>"
        else:
            yield f"<p>{inline(block)}</p>"


for line in convert(sys.stdin.read()):
    print(line)
