"""A vending machine: put in coins, choose, and get the change."""

COINS = [200, 100, 50, 20, 10, 5]  # in cents
# The number that is typed, what comes, its price in cents, and how many there are.
GOODS = {
    "1": ["water", 120, 5],
    "2": ["lemonade", 180, 3],
    "3": ["crisps", 150, 4],
    "4": ["chocolate", 135, 2],
    "5": ["apple", 80, 1],
}


def money(cents):
    return f"{cents / 100:.2f}"


def change(cents):
    """Return the fewest coins; the machine never runs out of them."""
    coins = []
    for coin in COINS:
        count, cents = divmod(cents, coin)
        coins += [money(coin)] * count
    return coins


def coin(text):
    """Return a typed coin in cents, such as 0.50, or None."""
    for cents in COINS:
        if text in (money(cents), f"{cents / 100:g}"):
            return cents
    return None


def show():
    for number, (name, price, left) in GOODS.items():
        print(f"{number}  {name:10} {money(price)}" + ("" if left else "  sold out"))
    print(f"Coins: {', '.join(money(cents) for cents in COINS)}")


def main():
    paid = 0
    show()
    print('Type "coin 0.50", or the number of what you want. An empty line ends.')
    while True:
        try:
            text = input(f"[{money(paid)}] > ").strip().lower()
        except EOFError:
            break
        if text in ("", "quit"):
            break
        if text.startswith("coin "):
            paid += coin(text.removeprefix("coin ").strip()) or 0
            if coin(text.removeprefix("coin ").strip()) is None:
                print("The machine gives it back: it takes no such coin.")
        elif text not in GOODS:
            print('Type "coin 0.50", or a number from the list.')
        else:
            name, price, left = GOODS[text]
            if not left:
                print(f"There is no {name} left.")
            elif paid < price:
                print(
                    f"{name} costs {money(price)}: {money(price - paid)} more, please."
                )
            else:
                GOODS[text][2] -= 1
                paid -= price
                print(f"Here is your {name}.")
    if paid:
        print(f"Your change: {' + '.join(change(paid))}")
    print("Goodbye!")


if __name__ == "__main__":
    main()
