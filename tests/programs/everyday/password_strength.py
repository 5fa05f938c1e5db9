# snakepen: {"stdin": "password\nhunter2\nTr0ub4dor&3\ncorrect horse battery staple\nпароль123\n\n"}
import math
import string
import sys

COMMON = {"password", "123456", "qwerty", "letmein", "hunter2"}


def alphabet_size(word):
    size = 0
    for group in (string.ascii_lowercase, string.ascii_uppercase, string.digits):
        if any(c in group for c in word):
            size += len(group)
    if any(c in string.punctuation + " " for c in word):
        size += len(string.punctuation) + 1
    if any(ord(c) > 127 for c in word):
        size += 100
    return size


def judge(word):
    if word.lower() in COMMON:
        return 0.0, "on every list of common passwords"
    bits = len(word) * math.log2(alphabet_size(word))
    for limit, verdict in ((40, "weak"), (60, "fair"), (90, "good")):
        if bits < limit:
            return bits, verdict
    return bits, "excellent"


for line in sys.stdin:
    word = line.rstrip("\n")
    if not word:
        print("(empty line: stopping)")
        break
    bits, verdict = judge(word)
    print(f"{word[0]}{'*' * (len(word) - 1):<30} {bits:6.1f} bits  {verdict}")
