"""A calculator: type a sum such as 2 * (3 + 4), and get the answer."""

import ast
import math
import operator

OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}


def calculate(text):
    """Work out a sum. Unlike eval(), this can do nothing but arithmetic."""
    for sign, python in {"^": "**", "×": "*", "÷": "/", ",": ""}.items():
        text = text.replace(sign, python)
    return value_of(ast.parse(text.strip(), mode="eval").body)


def value_of(node):
    """Return the number that a part of the sum stands for."""
    match node:
        case ast.Constant(value) if type(value) in (int, float):
            return value
        case ast.UnaryOp(op, operand) if type(op) in OPERATIONS:
            return OPERATIONS[type(op)](value_of(operand))
        case ast.BinOp(left, op, right) if type(op) in OPERATIONS:
            a, b = value_of(left), value_of(right)
            if isinstance(op, ast.Pow) and b * math.log10(abs(a) + 1) > 1000:
                raise ValueError("that number would be too long")
            return OPERATIONS[type(op)](a, b)
    raise ValueError("I know numbers, brackets and + - * / // % ^")


def main():
    print("Type a sum, such as 2 * (3 + 4). An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        try:
            print(calculate(text))
        except ZeroDivisionError:
            print("Nothing can be divided by zero.")
        except SyntaxError:
            print("That is not a sum that I can read.")
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            print(f"Sorry: {error}.")
    print("Goodbye!")


if __name__ == "__main__":
    main()
