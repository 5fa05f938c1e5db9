"""An inventory of goods with their prices, which is kept in a JSON file."""

import json
from pathlib import Path

FILE = Path("inventory.json")
LOW = 5  # of what there are fewer, more should be bought
HELP = "add 10 pencil 0.80 | take 3 pencil | list | quit"


def load():
    return json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def save(goods):
    FILE.write_text(json.dumps(goods, indent=2, ensure_ascii=False), "utf-8")


def amount(text):
    """Return a whole number above zero, or None."""
    return int(text) if text.isdecimal() and len(text) < 10 and int(text) else None


def price(text):
    """Return a price such as 0.80, or None."""
    whole, _, cents = text.partition(".")
    fits = whole.isdecimal() and (cents.isdecimal() or not cents) and len(text) < 12
    return float(text) if fits and text.isascii() else None


def show(goods):
    if not goods:
        print("There is nothing yet.")
    for name, item in sorted(goods.items()):
        low = "  low" if item["count"] < LOW else ""
        print(f"{name:16} {item['count']:6} × {item['price']:9.2f}{low}")
    total = sum(item["count"] * item["price"] for item in goods.values())
    print(f"Worth in all: {total:,.2f}")


def add(goods, words):
    count, cost = (amount(words[0]), price(words[-1])) if len(words) > 2 else (0, 0)
    if not count or cost is None:
        return "Type for example: add 10 pencil 0.80"
    name = " ".join(words[1:-1])
    before = goods.get(name, {"count": 0})["count"]
    goods[name] = {"count": before + count, "price": cost}
    return f"{name}: {before + count}"


def take(goods, words):
    count, name = (amount(words[0]), " ".join(words[1:])) if len(words) > 1 else (0, "")
    if not count:
        return "Type for example: take 3 pencil"
    if name not in goods:
        return f"There is no {name}."
    if goods[name]["count"] < count:
        return f"{name}: only {goods[name]['count']} left"
    goods[name]["count"] -= count
    return f"{name}: {goods[name]['count']} left"


def main():
    goods = load()
    print(HELP)
    while True:
        try:
            command, *words = input("> ").strip().lower().split() or ["quit"]
        except EOFError:
            break
        if command == "quit":
            break
        if command == "list":
            show(goods)
        elif command in ("add", "take"):
            print((add if command == "add" else take)(goods, words))
            save(goods)
        else:
            print(HELP)


if __name__ == "__main__":
    main()
