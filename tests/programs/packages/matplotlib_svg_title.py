import re
import xml.etree.ElementTree as ET

import matplotlib.pyplot as plt

plt.rcParams["svg.fonttype"] = "none"
fig, ax = plt.subplots()
ax.pie([45, 30, 25], labels=["tea", "coffee", "juice"], autopct="%1.0f%%")
ax.set_title("What we drink & why")
fig.savefig("drinks.svg", metadata={"Date": None, "Title": "Drinks survey"})

svg = open("drinks.svg", encoding="utf-8").read()
texts = [e.text.strip() for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
print(sorted(texts))
print("title drawn:", "What we drink & why" in texts, "| escaped:", "drink &amp; why" in svg)
print("metadata title:", re.search(r"<dc:title>(.*?)</dc:title>", svg).group(1))
print("date left out:", "<dc:date>" not in svg, "| width", re.search(r'width="([\d.]+pt)"', svg).group(1))
