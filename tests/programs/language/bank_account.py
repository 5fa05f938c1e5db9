# snakepen: {"stdin": "deposit 100\nwithdraw 30.50\nwithdraw 500\ndeposit -5\ntransfer 20 savings\ndeposit ten\nbalance\n"}
from decimal import Decimal, InvalidOperation

class InsufficientFunds(Exception):
    def __init__(self, needed, available):
        super().__init__(f"need {needed:.2f}, only {available:.2f} available")
        self.shortfall = needed - available

class Account:
    def __init__(self, owner, balance="0"):
        self.owner, self._balance = owner, Decimal(balance)
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._balance += amount

    def withdraw(self, amount):
        if amount > self._balance:
            raise InsufficientFunds(amount, self._balance)
        self._balance -= amount

accounts = {"current": Account("Dana"), "savings": Account("Dana", "1000")}
main = accounts["current"]
while True:
    try:
        verb, *rest = input().split()
    except EOFError:
        break
    try:
        if verb == "transfer":
            main.withdraw(Decimal(rest[0]))
            accounts[rest[1]].deposit(Decimal(rest[0]))
        elif rest:
            getattr(main, verb)(Decimal(rest[0]))
        print(f"{verb}: balance is £{main._balance:,.2f}")
    except InsufficientFunds as exc:
        print(f"declined: {exc} (short by {exc.shortfall})")
    except (ValueError, InvalidOperation) as exc:
        print("error:", exc)
print(main.owner, accounts["savings"]._balance)
