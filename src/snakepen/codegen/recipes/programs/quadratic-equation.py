"""Solves quadratic equations exactly, and shows the steps."""

import re

import sympy
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication,
    parse_expr,
    standard_transformations,
)

EQUATION = "x^2 - 5x + 6 = 0"

READING = (*standard_transformations, convert_xor, implicit_multiplication)
x = sympy.Symbol("x")


def read(text):
    """Return a, b and c of a·x² + b·x + c = 0."""
    # parse_expr runs what it reads, so it gets nothing but arithmetic.
    if not re.fullmatch(r"[\d\sxX.()^*+/=-]{1,100}", text) or text.count("=") > 1:
        raise ValueError("I read equations in x, such as 2x^2 + 3x = 5")
    left, _, right = text.lower().partition("=")
    sides = [parse_expr(side or "0", {"x": x}, READING) for side in (left, right)]
    equation = sympy.Poly(sympy.nsimplify(sides[0] - sides[1]), x)
    if equation.degree() != 2:
        raise ValueError("the highest power of x has to be x^2")
    return equation.all_coeffs()


def solve(text):
    a, b, c = read(text)
    discriminant = b**2 - 4 * a * c
    print(f"{text}: a = {a}, b = {b}, c = {c}")
    print(f"b² - 4ac = {discriminant}")
    for sign in (1, -1) if discriminant else (1,):
        root = sympy.simplify((-b + sign * sympy.sqrt(discriminant)) / (2 * a))
        about = "" if root.is_Rational else f", about {sympy.N(root, 6)}"
        print(f"x = {root}{about}")


def main():
    text = EQUATION
    while text.lower() not in ("", "quit"):
        try:
            solve(text)
        except ValueError as error:
            print(f"Sorry: {error}.")
        except (SyntaxError, TypeError, sympy.PolynomialError):
            print("Sorry: that is no equation that I can read.")
        try:
            text = input("Another equation (Enter to end): ").strip()
        except EOFError:
            break


if __name__ == "__main__":
    main()
