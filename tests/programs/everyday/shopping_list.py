from dataclasses import dataclass
from decimal import Decimal, ROUND_HALF_UP

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Item:
    name: str
    quantity: int
    price: Decimal
    food: bool = True

    @property
    def total(self):
        return self.quantity * self.price


basket = [
    Item("Bread", 2, Decimal("2.35")),
    Item("Oat milk", 3, Decimal("1.99")),
    Item("Apples (kg)", 1, Decimal("3.45")),
    Item("Light bulb", 4, Decimal("2.49"), food=False),
    Item("Dish soap", 1, Decimal("1.79"), food=False),
]

for item in basket:
    print(f"{item.quantity:>2} x {item.name:<14}@ {item.price:>5} = {item.total:>6}")

subtotal = sum(i.total for i in basket)
tax = sum(i.total for i in basket if not i.food) * Decimal("0.0825")
tax = tax.quantize(CENT, rounding=ROUND_HALF_UP)
print("-" * 34)
print(f"{'Subtotal':<27}{subtotal:>7}")
print(f"{'Tax':<27}{tax:>7}")
print(f"{'TOTAL':<27}{subtotal + tax:>7}")
dearest = max(basket, key=lambda i: i.total)
print("Most spent on:", dearest)
