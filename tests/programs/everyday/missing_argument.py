# snakepen: {"args": ["resize", "--width", "wide"]}
import argparse

parser = argparse.ArgumentParser(prog="imagetool")
commands = parser.add_subparsers(dest="command", required=True)
resize = commands.add_parser("resize")
resize.add_argument("--width", type=int, default=640)
resize.add_argument("--height", type=int, default=480)
rotate = commands.add_parser("rotate")
rotate.add_argument("angle", type=float)

print("imagetool 1.4")
options = parser.parse_args()
print("resizing to", options.width, "by", options.height)
