# snakepen: {"files": {"stock.json": "{\"apple\": {\"count\": 4, \"price\": 0.5}, \"pear\": {\"count\": \"7\", \"price\": 0.8}}"}}
import json


class Inventory:
    def __init__(self, path):
        with open(path) as source:
            self.stock = json.load(source)

    def value(self, name):
        entry = self.stock[name]
        return entry["count"] * entry["price"]


inventory = Inventory("stock.json")
print("apples are worth", inventory.value("apple"))
try:
    inventory.value("plum")
except KeyError as error:
    print("unknown fruit", error)
print("pears are worth", inventory.value("pear"))
