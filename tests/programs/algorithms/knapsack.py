from typing import NamedTuple


class Thing(NamedTuple):
    name: str
    weight: int
    value: int


THINGS = [
    Thing("map", 9, 150), Thing("compass", 13, 35), Thing("water", 153, 200),
    Thing("sandwich", 50, 160), Thing("tin", 68, 45), Thing("cheese", 23, 30),
    Thing("suntan cream", 11, 70), Thing("camera", 32, 30), Thing("trousers", 48, 10),
    Thing("umbrella", 73, 40), Thing("jacket", 43, 75), Thing("sunglasses", 7, 20),
]


def pack(things, capacity):
    table = [[0] * (capacity + 1)]
    for thing in things:
        above = table[-1]
        table.append([
            max(above[w], above[w - thing.weight] + thing.value) if w >= thing.weight else above[w]
            for w in range(capacity + 1)
        ])
    chosen, room = [], capacity
    for i in range(len(things), 0, -1):
        if table[i][room] != table[i - 1][room]:
            chosen.append(things[i - 1])
            room -= things[i - 1].weight
    return chosen[::-1]


for capacity in (5, 100, 300):
    bag = pack(THINGS, capacity)
    print(f"{capacity} dag:", ", ".join(t.name for t in bag) or "nothing fits")
    print(f"    weight {sum(t.weight for t in bag)}, value {sum(t.value for t in bag)}")
print(THINGS[0])
