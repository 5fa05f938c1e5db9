# snakepen: {"env": {"FORCE_COLOR": "1", "TERM": "xterm-256color"}}
import os
import re
import sys

RESET = "\x1b[0m"
use_colour = sys.stdout.isatty() or os.environ.get("FORCE_COLOR") == "1"


def paint(text, *codes):
    if not use_colour:
        return text
    return f"\033[{';'.join(map(str, codes))}m{text}{RESET}"


print(paint("PASS", 1, 32), "adding two numbers")
print(paint("FAIL", 1, 97, 41), "dividing by", paint("zero", 4))
print(paint("WARN", 33), "deprecated", file=sys.stderr)
print("".join(f"\x1b[48;5;{n}m {n:3}" + ("\n" if n % 6 == 3 else "") for n in range(16, 52)) + RESET)
print("\x1b[38;2;255;128;0mtruecolour orange\x1b[39m")

sample = paint("bold red", 1, 31)
print(ascii(sample), "->", re.sub(r"\x1b\[[\d;]*m", "", sample), len(sample))
