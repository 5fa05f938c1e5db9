"""Solves a system of linear equations with matrices."""

import numpy as np

# One row for each equation: 2x + y - z = 8 and so on.
MATRIX = np.array(
    [
        [2, 1, -1],
        [-3, -1, 2],
        [-2, 1, 2],
    ]
)
RIGHT_SIDE = np.array([8, -11, -3])
NAMES = "xyz"


def show(row, value):
    """Print a row as an equation."""
    terms = "  ".join(f"{number:+g}{name}" for number, name in zip(row, NAMES))
    print(f"{terms}  = {value:g}")


def main():
    for row, value in zip(MATRIX, RIGHT_SIDE):
        show(row, value)
    determinant = np.linalg.det(MATRIX)
    print(f"Determinant: {determinant:.4g}")
    if np.linalg.matrix_rank(MATRIX) < len(MATRIX):
        print("The equations have no solution, or more than one.")
        return
    solution = np.linalg.solve(MATRIX, RIGHT_SIDE)
    for name, number in zip(NAMES, solution):
        print(f"{name} = {number:.4g}")
    right = np.allclose(MATRIX @ solution, RIGHT_SIDE)
    print("Put in, they are right." if right else "They are not exact.")


if __name__ == "__main__":
    main()
