# snakepen: {"args": ["--from", "km", "--to", "mi", "--places", "2", "-v", "5", "10", "42.195"]}
import argparse

METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "ft": 0.3048}

parser = argparse.ArgumentParser(prog="convert", description="Convert lengths.")
parser.add_argument("values", nargs="+", type=float, help="lengths to convert")
parser.add_argument("--from", dest="source", choices=METRES, default="m")
parser.add_argument("--to", dest="target", choices=METRES, required=True)
parser.add_argument("--places", type=int, default=1)
parser.add_argument("-v", "--verbose", action="count", default=0)
args = parser.parse_args()

if args.verbose:
    print("arguments:", sorted(vars(args).items()))
for value in args.values:
    result = value * METRES[args.source] / METRES[args.target]
    print(f"{value:g} {args.source} = {result:.{args.places}f} {args.target}")
