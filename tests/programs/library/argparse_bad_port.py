# snakepen: {"args": ["serve", "--port", "seventy"]}
import argparse


def port(text):
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{number} is not a port")
    return number


parser = argparse.ArgumentParser(prog="tinyd")
commands = parser.add_subparsers(dest="command", required=True)
serve = commands.add_parser("serve", help="start serving")
serve.add_argument("--port", type=port, default=8000)
status = commands.add_parser("status")
status.add_argument("--json", action="store_true")

print(parser.parse_args(["serve", "--port", "8080"]))
print(parser.parse_args(["status", "--json"]))
options = parser.parse_args()
print("never reached", options)
