# snakepen: {"files": {"shop.html": "<html><body><div id='list'>\n<div class='item sale'><h2>Red mug</h2><span class='price'>&pound;4.50</span><a href='/mug'>more</a></div>\n<div class='item'><h2>Blue <em>bowl</em></h2><span class='price'>&pound;12.00</span></div>\n<p>Unclosed <b>bold\n</div><table><tr><th>Day<th>Open<tr><td>Mon<td>9-5</table><!-- stock: 14 --></body></html>"}}
from bs4 import BeautifulSoup, Comment

with open("shop.html", encoding="utf-8") as f:
    soup = BeautifulSoup(f, "html.parser")

total = 0
for item in soup.select("div.item"):
    name = item.h2.get_text(" ", strip=True)
    price = float(item.find(class_="price").string.lstrip("£"))
    link = item.a["href"] if item.a else None
    total += price
    print(f"{name:<12}{price:>6.2f}  {item['class']}  {link}")
print("total", total)

print("comment:", soup.find(string=lambda s: isinstance(s, Comment)).strip())
print("next heading:", soup.h2.find_next("h2").text, "| parents:", [p.name for p in soup.em.parents][:3])
soup.select_one(".sale h2").string = "Crimson mug"
soup.find("a").replace_with("(link removed)")
for price in soup("span"):
    price.decompose()
label = soup.new_tag("label", attrs={"for": "x", "data-n": "1"})
label.string = "5 < 6 & true"
soup.table.insert_before(label)
print(soup.find(id="list").div)
print(soup.label, soup.label.get("missing", "none"))
print(soup.p.prettify())
