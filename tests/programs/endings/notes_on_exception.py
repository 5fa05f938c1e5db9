# snakepen: {"files": {"orders.csv": "id,qty\n1,4\n2,seven\n3,1\n"}}
import csv


def total(path):
    result = 0
    with open(path, newline="") as f:
        for row in csv.DictReader(f):
            try:
                result += int(row["qty"])
            except ValueError as exc:
                exc.add_note(f"while reading order {row['id']}")
                exc.add_note(f"row was: {dict(row)}\nexpected a whole number in 'qty'")
                raise
    return result


try:
    print("total:", total("orders.csv"))
except ValueError as exc:
    exc.add_note("file: orders.csv — 3 rows")
    print("notes so far:", len(exc.__notes__))
    raise
