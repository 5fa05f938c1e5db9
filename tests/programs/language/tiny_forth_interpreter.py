# snakepen: {"stdin": ": square dup * ;\n: cube dup square * ;\n3 square . 4 cube .\n1 2 + . 10 3 swap - .\n5 0 /\nfoo\n+\n\" hello\" emit-all\n1 2 dup . . .\n"}
import operator
import sys

class Forth:
    def __init__(self):
        self.stack, self.words = [], {}
        self.binary = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.floordiv}

    def run(self, tokens):
        tokens = iter(tokens)
        for tok in tokens:
            if tok == ":":
                name, body = next(tokens), []
                for t in iter(lambda: next(tokens), ";"):
                    body.append(t)
                self.words[name] = body
            elif tok in self.words:
                self.run(self.words[tok])
            elif tok in self.binary:
                b, a = self.stack.pop(), self.stack.pop()
                self.stack.append(self.binary[tok](a, b))
            elif tok == "dup":
                self.stack.append(self.stack[-1])
            elif tok == "swap":
                self.stack[-2:] = self.stack[:-3:-1]
            elif tok == ".":
                print(self.stack.pop(), end=" ")
            else:
                self.stack.append(int(tok))

machine = Forth()
for number, line in enumerate(sys.stdin, 1):
    try:
        machine.run(line.split())
        print("ok")
    except Exception as exc:
        machine.stack.clear()
        print(f"line {number}: {type(exc).__name__}: {exc}", file=sys.stderr)
