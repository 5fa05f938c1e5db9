# snakepen: {"files": {"inventory.json": "{\"items\": [{\"sku\": \"A-1\", \"name\": \"Teapot\", \"qty\": 4, \"price\": 18.5}, {\"sku\": \"B-7\", \"name\": \"Tasse à café\", \"qty\": 0, \"price\": 6.25}, {\"sku\": \"C-3\", \"name\": \"Kettle\", \"qty\": 2, \"price\": 41}]}"}}
import json

with open("inventory.json", encoding="utf-8") as f:
    data = json.load(f)

in_stock = [item for item in data["items"] if item["qty"] > 0]
total = sum(item["qty"] * item["price"] for item in in_stock)
print(f"{len(in_stock)} of {len(data['items'])} items in stock, worth {total:.2f}")

report = {
    "in_stock": [item["sku"] for item in in_stock],
    "sold_out": [item["name"] for item in data["items"] if not item["qty"]],
    "value": total,
}
print(json.dumps(report, indent=2, sort_keys=True))
print(json.dumps(report, ensure_ascii=False, separators=(",", ":")))

for text in ('{"a": 1,}', "[1, 2", "NaN"):
    try:
        print(repr(text), "->", json.loads(text))
    except json.JSONDecodeError as err:
        print(repr(text), "-> bad JSON at line", err.lineno, "column", err.colno)
