# snakepen: {"args": ["--shift", "-3", "--crack"], "stdin": "Wkh txlfn eurzq ira mxpsv ryhu wkh odcb grj, dqg wkhq uhvwv ehqhdwk wkh wuhh.\n"}
import argparse
import string
import sys

parser = argparse.ArgumentParser(description="Caesar cipher")
parser.add_argument("--shift", type=int, default=13)
parser.add_argument("--crack", action="store_true")
opts = parser.parse_args()


def rotate(text, n):
    n %= 26
    low, up = string.ascii_lowercase, string.ascii_uppercase
    return text.translate(str.maketrans(low + up, low[n:] + low[:n] + up[n:] + up[:n]))


FREQUENT = "etaoinshrdlu"


def score(text):
    return sum(len(FREQUENT) - FREQUENT.index(c) for c in text.lower() if c in FREQUENT)


secret = sys.stdin.read().strip()
print("cipher:", secret)
print("shifted:", rotate(secret, opts.shift))
if opts.crack:
    best = sorted(range(26), key=lambda n: (-score(rotate(secret, n)), n))[:3]
    for n in best:
        print(f"{n:>3} {score(rotate(secret, n)):>4} {rotate(secret, n)[:32]}...")
assert rotate(rotate(secret, 5), -5) == secret
