import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

n = 200
laplacian = sparse.diags([1.0, -2.0, 1.0], [-1, 0, 1], shape=(n, n), format="csr")
print(laplacian.shape, "non-zeros", laplacian.nnz, f"filled {laplacian.nnz / n ** 2:.2%}")

ends = np.zeros(n)
ends[0], ends[-1] = 100.0, 20.0
temperature = spsolve(laplacian, -ends)
for position in (0, 49, 99, 199):
    print(f"node {position:>3}: {temperature[position]:.3f} degrees")

rows, cols, vals = [0, 1, 1, 3, 1], [2, 0, 2, 3, 0], [5, 2, 1, 9, 4]
small = sparse.coo_array((vals, (rows, cols)), shape=(4, 4)).tocsr()
print(small.toarray())
print("row sums", small.sum(axis=1), "| indptr", small.indptr.tolist())
print("product", (small @ small.T).toarray().tolist())

count, labels = connected_components(small, directed=False)
print(count, "islands", labels.tolist())
sparse.save_npz("small.npz", small)
print("reloaded equal:", (sparse.load_npz("small.npz") != small).nnz == 0)
