"""A calculator: type a sum such as 2 * (3 + 4), and get the answer."""

import ast
import math
import operator
import re

FIRST = "2 * (3 + 4)"  # worked out before anything is typed
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
THOUSANDS = r"(?<![\d.,])[1-9]\d{0,2}(,\d{3})+(?![\d,])"


def calculate(text):
    """Work out a sum. Unlike eval(), this can do nothing but arithmetic."""
    for sign, python in {"^": "**", "×": "*", "÷": "/"}.items():
        text = text.replace(sign, python)
    # 1,200 is a thousand and more; what 5,5 is depends on who wrote it.
    text = re.sub(THOUSANDS, lambda found: found[0].replace(",", ""), text)
    if "," in text:
        raise ValueError("use a point for decimals, as in 5.5")
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
            if isinstance(op, ast.Pow) and a < 0 and b != int(b):
                raise ValueError("that has no real result")
            return OPERATIONS[type(op)](a, b)
    raise ValueError("I know numbers, brackets and + - * / // % ^")


def shown(value):
    """Return 0.3 for 0.1 + 0.2, which computers do not have exactly."""
    if isinstance(value, int) and abs(value) < 10**1000:
        return str(value)
    if isinstance(value, int) or not math.isfinite(value):
        raise OverflowError
    if value == round(value) and abs(value) < 10**15:
        return str(round(value))
    return f"{value:.12g}"


def answer(text):
    """Return the value of a sum, or what is wrong with it."""
    try:
        return shown(calculate(text))
    except ZeroDivisionError:
        return "Nothing can be divided by zero."
    except SyntaxError:
        return "That is not a sum that I can read."
    except OverflowError:
        return "That number would be too large."
    except (ValueError, TypeError, RecursionError) as error:
        return f"Sorry: {error}."


def main():
    print(f"{FIRST} = {answer(FIRST)}")
    print("Type another sum. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        print(answer(text))
    print("Goodbye!")


if __name__ == "__main__":
    main()
