from fractions import Fraction


class SingularMatrix(ValueError):
    """The equations have no single solution."""


def solve(rows):
    m = [[Fraction(v) for v in row] for row in rows]
    n, determinant = len(m), Fraction(1)
    for col in range(n):
        pivot = max(range(col, n), key=lambda r: abs(m[r][col]))
        if m[pivot][col] == 0:
            raise SingularMatrix(f"column {col} has no pivot")
        if pivot != col:
            m[col], m[pivot] = m[pivot], m[col]
            determinant = -determinant
        determinant *= m[col][col]
        m[col] = [v / m[col][col] for v in m[col]]
        for r in range(n):
            if r != col:
                m[r] = [a - m[r][col] * b for a, b in zip(m[r], m[col])]
    return [row[-1] for row in m], determinant


system = [[2, 1, -1, 8], [-3, -1, 2, -11], [-2, 1, 2, -3]]
solution, determinant = solve(system)
print("x, y, z =", *solution, "| determinant", determinant)

hilbert = [[Fraction(1, i + j + 1) for j in range(5)] + [1] for i in range(5)]
solution, determinant = solve(hilbert)
print("Hilbert:", *solution, "| determinant", determinant)
print(repr(determinant), f"{float(determinant):.6e}")

solve([[1, 2, 3], [2, 4, 6]])
