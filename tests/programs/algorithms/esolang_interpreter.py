# snakepen: {"stdin": "snakes & ladders\n"}
import sys

HELLO = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."
REVERSE = ">,----------[++++++++++>,----------]<[.<]"


def run(program, keyboard=""):
    jump, stack = {}, []
    for i, op in enumerate(program):
        if op == "[":
            stack.append(i)
        elif op == "]":
            if not stack:
                raise SyntaxError(f"unmatched ] at {i}")
            jump[i] = stack.pop()
            jump[jump[i]] = i
    tape, head, pc, steps, keys = [0] * 300, 0, 0, 0, iter(keyboard)
    while pc < len(program):
        op = program[pc]
        steps += 1
        if op in "+-":
            tape[head] = (tape[head] + (1 if op == "+" else -1)) % 256
        elif op in "<>":
            head += 1 if op == ">" else -1
        elif op == ".":
            print(chr(tape[head]), end="")
        elif op == ",":
            tape[head] = ord(next(keys, "\n"))
        elif (op == "[") == (tape[head] == 0):
            pc = jump[pc]
        pc += 1
    return steps


print("-", run(HELLO), "steps")
print("-", run(REVERSE, sys.stdin.readline()), "steps")
run("+++]")
