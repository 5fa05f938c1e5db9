# snakepen: {"files": {"recipes.xml": "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<recipes xmlns:n=\"urn:nutrition\">\n  <recipe id=\"p1\" serves=\"4\"><title>Pancakes</title><ingredient g=\"200\">flour</ingredient><ingredient g=\"300\">milk</ingredient><n:kcal>840</n:kcal></recipe>\n  <recipe id=\"s9\" serves=\"2\"><title>Soupe à l'oignon</title><ingredient g=\"500\">onions</ingredient></recipe>\n</recipes>\n"}}
import xml.etree.ElementTree as ET

tree = ET.parse("recipes.xml")
root = tree.getroot()
for recipe in root.iterfind("recipe"):
    grams = sum(int(i.get("g")) for i in recipe.iter("ingredient"))
    kcal = recipe.findtext("n:kcal", "unknown", {"n": "urn:nutrition"})
    print(f"{recipe.get('id')}: {recipe.findtext('title')}, {grams / int(recipe.get('serves')):g} g each, kcal {kcal}")

print([e.text for e in root.findall("./recipe[@serves='4']/ingredient")])
soup = root.find("recipe[@id='s9']")
water = ET.SubElement(soup, "ingredient", {"g": "750", "note": 'hot & "salted"'})
water.text = "water <boiling>"
soup.set("serves", "3")
ET.indent(soup)
print(ET.tostring(soup, encoding="unicode").rstrip())

tree.write("changed.xml", encoding="us-ascii", xml_declaration=True)
print(open("changed.xml").read().count("&#224;"), "accents escaped")
try:
    ET.fromstring("<a><b></a>")
except ET.ParseError as err:
    print("ParseError:", err, err.position)
