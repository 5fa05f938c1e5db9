import re
from typing import NamedTuple

class Token(NamedTuple):
    kind: str
    text: str
    column: int

SPEC = [("NUM", r"\d+(?:\.\d+)?"), ("NAME", r"[A-Za-z_]\w*"), ("POW", r"\*\*"), ("OP", r"[-+*/()=]"), ("WS", r"\s+"), ("BAD", r".")]
MASTER = re.compile("|".join(f"(?P<{k}>{p})" for k, p in SPEC))

def tokenise(source):
    for m in MASTER.finditer(source):
        if m.lastgroup == "BAD":
            raise SyntaxError(f"unexpected {m[0]!r} at column {m.start()}")
        if m.lastgroup != "WS":
            yield Token(m.lastgroup, m[0], m.start())

BINDING = {"+": 10, "-": 10, "*": 20, "/": 20, "**": 30}

def parse(tokens, limit=0):
    tok = tokens.pop(0)
    if tok.text == "(":
        left = parse(tokens)
        tokens.pop(0)
    elif tok.text == "-":
        left = ("neg", parse(tokens, 25))
    else:
        left = tok.text
    while tokens and BINDING.get(tokens[0].text, 0) > limit:
        op = tokens.pop(0).text
        left = (op, left, parse(tokens, BINDING[op] - (op == "**")))
    return left

for tok in tokenise("rate = 3.5*x"):
    print(*tok, sep="\t")
for source in ("1 + 2 * 3", "(1 + 2) * 3", "2 ** 3 ** 2 - -x", "-a * b / c"):
    print(source, "=>", parse(list(tokenise(source))))
list(tokenise("price $ 4"))
