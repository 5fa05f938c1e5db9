from fractions import Fraction

def matmul(a, b):
    return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]

def identity(n):
    return [[int(i == j) for j in range(n)] for i in range(n)]

def power(m, k):
    result = identity(len(m))
    while k:
        if k & 1:
            result = matmul(result, m)
        m, k = matmul(m, m), k >> 1
    return result

def inverse(m):
    n = len(m)
    rows = [[Fraction(x) for x in row] + unit for row, unit in zip(m, identity(n))]
    for i in range(n):
        pivot = next((r for r in range(i, n) if rows[r][i]), None)
        if pivot is None:
            raise ArithmeticError("matrix is singular")
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for r in range(n):
            if r != i:
                rows[r] = [x - rows[r][i] * y for x, y in zip(rows[r], rows[i])]
    return [row[n:] for row in rows]

m = [[2, 1, 0], [0, 3, 1], [1, 0, 4]]
inv = inverse(m)
print("\n".join("  ".join(f"{x!s:>6}" for x in row) for row in inv))
print(matmul(m, inv) == identity(3), power([[1, 1], [1, 0]], 50)[0][1])
print([list(row) for row in zip(*m)], [list(r) for r in zip(*m[::-1])])
inverse([[1, 2], [2, 4]])
