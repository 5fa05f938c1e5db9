# snakepen: {"files": {"letter.txt": "Dear $title $name,\n\nYour order of ${count}x $item costs $$${price}.\nThank you!\n", "people.csv": "title,name,count,item,price\nDr,Who,2,scarf,19.90\nMs,Marple,1,magnifier,7.00\n"}}
import csv
import string
from pathlib import Path

letter = string.Template(Path("letter.txt").read_text())
print("fields:", letter.get_identifiers() if hasattr(letter, "get_identifiers") else "?")

with open("people.csv") as f:
    for person in csv.DictReader(f):
        body = letter.substitute(person)
        Path(f"{person['name'].lower()}.letter").write_text(body)
        print(body.splitlines()[0], "|", body.splitlines()[2])

print(letter.safe_substitute(name="Nobody").splitlines()[0])
try:
    letter.substitute(title="Sir")
except KeyError as missing:
    print("missing field:", missing)


class Percent(string.Template):
    delimiter = "%"


print(Percent("%who owes 100%% to %{whom}").substitute(who="Jo", whom="Al"))
print(string.capwords("the old man AND the sea"), string.hexdigits)
print(sorted(p.name for p in Path().glob("*.letter")))
