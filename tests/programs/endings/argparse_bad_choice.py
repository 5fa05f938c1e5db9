# snakepen: {"args": ["resize", "photo.png", "--mode", "stretchy", "--width", "200"]}
import argparse

parser = argparse.ArgumentParser(prog="imgtool", epilog="See the manual.", add_help=False)
commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
resize = commands.add_parser("resize", add_help=False)
resize.add_argument("file")
resize.add_argument("--mode", type=str.lower)
resize.add_argument("--width", type=int, required=True)
args = parser.parse_args()
print(vars(args))
if args.mode not in ("fit", "crop"):
    resize.error(f"mode {args.mode} is unknown (pick fit or crop)")
print("resizing", args.file)
