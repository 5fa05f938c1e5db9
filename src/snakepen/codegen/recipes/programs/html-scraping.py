"""Reads facts out of a page of HTML with Beautiful Soup, and sorts them."""

from bs4 import BeautifulSoup

# Programs here have no network, so the page is part of the program. Elsewhere:
# PAGE = requests.get("https://...", timeout=10).text
PAGE = """
<html><body>
  <h1>Second-hand books</h1>
  <ul id="books">
    <li class="book"><a href="/b/1">The Old Lighthouse</a> <b>7.50</b> used</li>
    <li class="book"><a href="/b/2">A Year of Bread</a> <b>12.00</b> like new</li>
    <li class="book sold"><a href="/b/3">Maps and Dreams</a> <b>5.25</b> worn</li>
  </ul>
  <p>Write to <a href="mailto:books@example.org">us</a>.</p>
</body></html>
"""


def books(soup):
    """Yield (price, title, link, whether it can be had) of each book."""
    for item in soup.select("#books .book"):
        link = item.a
        yield float(item.b.text), link.text, link["href"], "sold" not in item["class"]


def main():
    soup = BeautifulSoup(PAGE, "html.parser")
    print(soup.h1.text)
    for price, title, link, can_be_had in sorted(books(soup)):
        print(f"{price:6.2f}  {title:20} {link}{'' if can_be_had else '  (sold)'}")
    links = [link["href"] for link in soup.find_all("a")]
    print(f"{len(links)} links: {', '.join(links)}")


if __name__ == "__main__":
    main()
