# snakepen: {"stdin": "open alice 100\nopen bob 20.50\ntransfer alice bob 30\nwithdraw bob 80\ndeposit carol 5\nopen alice 1\ndeposit bob -3\nstatement\n"}
import sys
from decimal import Decimal

BankError = type("BankError", (Exception,), {})


class Bank:
    def __init__(self):
        self.accounts = {}

    def do_open(self, name, amount):
        if name in self.accounts:
            raise BankError(f"{name} already has an account")
        self.accounts[name] = Decimal(amount)

    def do_deposit(self, name, amount):
        if name not in self.accounts:
            raise BankError(f"no account for {name}")
        if Decimal(amount) <= 0:
            raise BankError("amount must be positive")
        self.accounts[name] += Decimal(amount)

    def do_withdraw(self, name, amount):
        if self.accounts[name] < Decimal(amount):
            raise BankError(f"insufficient funds: {name} has {self.accounts[name]:.2f}")
        self.accounts[name] -= Decimal(amount)

    def do_transfer(self, source, target, amount):
        self.do_withdraw(source, amount)
        self.do_deposit(target, amount)

    def do_statement(self):
        for name, balance in self.accounts.items():
            print(f"  {name:<8}{balance:>10.2f}")


bank = Bank()
for command, *words in map(str.split, sys.stdin):
    try:
        getattr(bank, "do_" + command)(*words)
        print("ok:", command)
    except BankError as error:
        print("refused:", error)
