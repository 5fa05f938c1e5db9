import cmath
import random

rng = random.Random(20240229)
rolls = [rng.randint(1, 6) + rng.randint(1, 6) for _ in range(600)]
for total in range(2, 13):
    print(f"{total:>2} {'#' * (rolls.count(total) // 5)}")

deck = [rank + suit for suit in "SHDC" for rank in "A23456789TJQK"]
rng.shuffle(deck)
hands = {player: sorted(deck[i * 5:i * 5 + 5]) for i, player in enumerate(("north", "south"))}
print(hands)
print(rng.sample(range(1, 50), 6), rng.choices(["rare", "common"], weights=[1, 9], k=5))

state = rng.getstate()
first = [round(rng.gauss(0, 1), 4) for _ in range(3)]
rng.setstate(state)
print(first == [round(rng.gauss(0, 1), 4) for _ in range(3)], rng.getrandbits(40), rng.randbytes(4).hex())

for root in (cmath.exp(2j * cmath.pi * k / 3) for k in range(3)):
    print(f"{root.real:+.3f}{root.imag:+.3f}i", round(abs(root), 6), f"{cmath.phase(root):.4f}")
