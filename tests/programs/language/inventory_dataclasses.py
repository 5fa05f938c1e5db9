from dataclasses import dataclass, field, asdict, replace, FrozenInstanceError, astuple
import json


@dataclass(order=True, frozen=True)
class Item:
    sort_index: tuple = field(init=False, repr=False)
    name: str
    price: float
    quantity: int = 1
    tags: tuple[str, ...] = ()

    def __post_init__(self):
        if self.price < 0:
            raise ValueError(f"negative price for {self.name}")
        object.__setattr__(self, "sort_index", (-self.price * self.quantity, self.name))

    @property
    def total(self):
        return self.price * self.quantity


stock = [Item("nail", 0.05, 400), Item("hammer", 12.5, tags=("tool",)), Item("saw", 18.0, 2, ("tool", "sharp"))]
for item in sorted(stock):
    print(f"{item.name:<8}{item.quantity:>5} x {item.price:>6.2f} = {item.total:>7.2f}")
print(replace(stock[1], quantity=3))
print(json.dumps(asdict(stock[2])))
print(astuple(stock[0])[1:], stock[0] == replace(stock[0]))
try:
    stock[0].price = 1
except FrozenInstanceError as exc:
    print("FrozenInstanceError:", exc)
try:
    Item("debt", -1)
except ValueError as exc:
    print("ValueError:", exc)
