import numpy as np

np.set_printoptions(precision=4, suppress=True)

# Currents in a three-loop circuit, by Kirchhoff's voltage law.
R = np.array([[15.0, -5.0, 0.0], [-5.0, 20.0, -10.0], [0.0, -10.0, 18.0]])
V = np.array([12.0, 0.0, -6.0])
current = np.linalg.solve(R, V)
print("currents", current)
print("residual is tiny:", np.allclose(R @ current, V))
print("determinant", round(float(np.linalg.det(R)), 6))

eigenvalues = np.linalg.eigvalsh(R)
print("eigenvalues", eigenvalues, "positive definite:", bool((eigenvalues > 0).all()))
L = np.linalg.cholesky(R)
print("cholesky\n", L)
print("rank", np.linalg.matrix_rank(np.outer([1, 2, 3], [4, 5, 6])))
print("norms", [round(float(np.linalg.norm(V, p)), 4) for p in (1, 2, np.inf)])
try:
    np.linalg.solve(np.ones((2, 2)), [1, 2])
except np.linalg.LinAlgError as err:
    print("LinAlgError:", err)
