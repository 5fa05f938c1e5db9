from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, unquote_plus, urlencode, urljoin, urlsplit

PAGE = """<html><head><title>Fish &amp; Chips</title></head><body>
<h1>Menu</h1><p>Try <a href="/haddock?size=large&amp;salt=yes">haddock</a> or
<A HREF='../drinks.html#tea'>tea</A>.<br/><img src=chips.png alt="Chips"></p></body></html>"""


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.stack, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in ("a", "img"):
            self.links.append((tag, attributes.get("href") or attributes.get("src")))
        if tag not in ("br", "img"):
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("br", "img"):
            self.stack.pop()

    def handle_data(self, data):
        if data.strip():
            self.text.append(("/".join(self.stack), " ".join(data.split())))


parser = Links()
parser.feed(PAGE)
for where, text in parser.text:
    print(f"{where}: {text}")
for tag, link in parser.links:
    full = urljoin("https://shop.example:8443/menu/fish/", link)
    parts = urlsplit(full)
    print(tag, full, parts.port, parts.path, dict(parse_qsl(parts.query)), parts.fragment)
print(urlencode({"q": "fish & chips", "page": 2}), quote("café/au lait"), unquote_plus("a+b%21"))
