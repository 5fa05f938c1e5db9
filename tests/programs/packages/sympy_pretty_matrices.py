from sympy import Matrix, Rational, eye, latex, pi, pprint, sqrt, symbols

a, t = symbols("a t")
M = Matrix([[2, 1, 0], [1, 3, a], [0, a, 1]])
pprint(M)
print("det:", M.det().expand(), "| trace:", M.trace())
pprint(M.subs(a, 1).inv())

A = Matrix([[4, -2], [1, 1]])
P, D = A.diagonalize()
print("eigenvalues", dict(sorted(A.eigenvals().items())), "A = PDP^-1:", P * D * P.inv() == A)
print("tenth power", (A**10).tolist())
print("null space", Matrix([[1, 2, 3], [2, 4, 6]]).nullspace()[0].T.tolist())
print("row echelon", Matrix([[1, 2, 5], [3, 4, 6]]).rref())

pprint((sqrt(a + 1) / (2 * t**2)).diff(t), use_unicode=True)
pprint((a / 3 + pi) ** Rational(1, 2), use_unicode=False)
print(latex((t**2 + 1) / sqrt(a)))
print(A - t * eye(2), (A - t * eye(2)).det().factor())
