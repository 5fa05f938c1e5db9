"""A bank account as a class: deposit, withdraw, transfer, and a statement of it all."""

from dataclasses import dataclass, field
from decimal import Decimal


class NotEnoughMoney(Exception):
    """More was asked for than there is."""


@dataclass
class Account:
    owner: str
    balance: Decimal = Decimal(0)
    entries: list[tuple[str, Decimal]] = field(default_factory=list)

    def deposit(self, amount, what="deposit"):
        self._check(amount)
        self._book(what, Decimal(amount))

    def withdraw(self, amount, what="withdrawal"):
        self._check(amount)
        if Decimal(amount) > self.balance:
            raise NotEnoughMoney(f"{self.owner} has only {self.balance:.2f}")
        self._book(what, -Decimal(amount))

    def transfer(self, amount, other):
        """Move money to another account; when there is not enough, nothing moves."""
        self.withdraw(amount, f"to {other.owner}")
        other.deposit(amount, f"from {self.owner}")

    def statement(self):
        """Return the entries and the balance as text."""
        lines = [f"Account of {self.owner}"]
        lines += [f"  {what:14} {amount:10.2f}" for what, amount in self.entries]
        lines.append(f"  {'balance':14} {self.balance:10.2f}")
        return "\n".join(lines)

    def _check(self, amount):
        if Decimal(amount) <= 0:
            raise ValueError("an amount has to be more than zero")

    def _book(self, what, amount):
        self.balance += amount
        self.entries.append((what, amount))


def main():
    ann, ben = Account("Ann"), Account("Ben")
    # Amounts are texts, because 0.1 as a float is not exactly a tenth.
    ann.deposit("120.50")
    ann.withdraw("20.25", "groceries")
    ann.transfer("50", ben)
    for amount in ("1000", "-5"):
        try:
            ben.withdraw(amount)
        except (NotEnoughMoney, ValueError) as error:
            print(f"Refused: {error}.")
    print(ann.statement())
    print(ben.statement())


if __name__ == "__main__":
    main()
