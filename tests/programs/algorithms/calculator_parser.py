# snakepen: {"stdin": "1 + 2 * 3\n(1 + 2) * -3\n2 ^ 3 ^ 2\n10 / 4 - 1.5e1\n7 / (3 - 3)\n2 * (3 + 4\n4 $ 4\n"}
import operator
import re
import sys

TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d*)?(?:e[+-]?\d+)?)|(.))")
OPERATORS = {"+": (1, operator.add), "-": (1, operator.sub), "*": (2, operator.mul),
             "/": (2, operator.truediv), "^": (4, operator.pow)}


class Parser:
    def __init__(self, text):
        self.tokens = [(float(n) if n else op) for n, op in TOKEN.findall(text)] + ["end"]

    def expect(self, wanted):
        if (token := self.tokens.pop(0)) != wanted:
            raise SyntaxError(f"expected {wanted} but found {token}")

    def atom(self):
        token = self.tokens.pop(0)
        if token == "-":
            return -self.expression(3)
        if token == "(":
            value = self.expression(1)
            self.expect(")")
            return value
        if isinstance(token, float):
            return token
        raise SyntaxError(f"did not expect {token}")

    def expression(self, level):
        value = self.atom()
        while (op := self.tokens[0]) in OPERATORS and OPERATORS[op][0] >= level:
            self.tokens.pop(0)
            strength, function = OPERATORS[op]
            value = function(value, self.expression(strength + (op != "^")))
        return value


for line in map(str.rstrip, sys.stdin):
    try:
        parser = Parser(line)
        print(f"{line} = {parser.expression(1):g}", parser.expect("end") or "")
    except (SyntaxError, ZeroDivisionError) as error:
        print(f"{line} ?? {error}")
