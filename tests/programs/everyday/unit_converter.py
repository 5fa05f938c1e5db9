# snakepen: {"args": ["26.2", "mi", "--to", "km", "--digits", "3"]}
import argparse

LENGTH = {"m": 1.0, "km": 1000.0, "cm": 0.01, "mi": 1609.344, "ft": 0.3048, "in": 0.0254}
MASS = {"kg": 1.0, "g": 0.001, "lb": 0.45359237, "oz": 0.028349523125}


def convert(value, source, target):
    for family in (LENGTH, MASS):
        if source in family and target in family:
            return value * family[source] / family[target]
    raise ValueError(f"cannot convert {source} to {target}")


parser = argparse.ArgumentParser(prog="convert", description="Convert units.")
parser.add_argument("value", type=float)
parser.add_argument("unit")
parser.add_argument("--to", required=True, metavar="UNIT")
parser.add_argument("--digits", type=int, default=2)
args = parser.parse_args()

result = convert(args.value, args.unit, args.to)
print(f"{args.value:g} {args.unit} = {result:.{args.digits}f} {args.to}")
for other in LENGTH:
    if other != args.unit:
        print(f"    also {convert(args.value, args.unit, other):,.{args.digits}f} {other}")
try:
    convert(1, "km", "lb")
except ValueError as error:
    print("note:", error)
