import sqlite3
from contextlib import closing


def transfer(db, source, target, amount):
    with db:
        db.execute("UPDATE account SET pence = pence + ? WHERE owner = ?", (amount, target))
        db.execute("UPDATE account SET pence = pence - ? WHERE owner = ?", (amount, source))
        (left,) = db.execute("SELECT pence FROM account WHERE owner = ?", (source,)).fetchone()
        if left < 0:
            raise ValueError(f"{source} is short of {-left / 100:.2f}")


with closing(sqlite3.connect("bank.db")) as db:
    db.execute("CREATE TABLE account (owner TEXT PRIMARY KEY, pence INTEGER NOT NULL)")
    with db:
        db.executemany("INSERT INTO account VALUES (?, ?)", [("ann", 10_000), ("bob", 2_500)])

with closing(sqlite3.connect("bank.db")) as db:
    db.create_function("pounds", 1, lambda p: f"£{p / 100:,.2f}")
    for move in [("ann", "bob", 7_550), ("bob", "ann", 50_000), ("bob", "ann", 50)]:
        try:
            transfer(db, *move)
            print("moved", move)
        except ValueError as err:
            print("refused:", err)
    for row in db.execute("SELECT owner, pounds(pence) FROM account ORDER BY owner"):
        print(*row)
    print("total", db.execute("SELECT pounds(SUM(pence)) FROM account").fetchone()[0])
