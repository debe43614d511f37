"""Writes matrices.json: products of sparse matrices by SciPy, and files that it writes. Run: $PEERS_PYTHON test/golden/sparse/matrices.py"""
import base64
import io
import json
import pathlib

import numpy as np
import scipy
import scipy.sparse as sparse

random = np.random.default_rng(7)
dense = random.standard_normal((6, 9)).astype("float32") * (random.random((6, 9)) < 0.4)
dense[2] = 0
matrix = sparse.csr_matrix(dense)
unsorted = sparse.csr_matrix((np.array([3.0, 1.0, 2.0]), np.array([4, 0, 2]), np.array([0, 2, 3])), shape=(2, 5))


def file(m, compressed=True):
    out = io.BytesIO()
    sparse.save_npz(out, m, compressed=compressed)
    return base64.b64encode(out.getvalue()).decode()


files = [
    {"name": "float32", "file": file(matrix), "dense": dense.tolist()},
    {"name": "float64, stored", "file": file(matrix.astype("float64"), False), "dense": dense.tolist()},
    {"name": "whole numbers", "file": file(sparse.csr_matrix(np.arange(6).reshape(2, 3))), "dense": np.arange(6).reshape(2, 3).tolist()},
    {"name": "rows in another order", "file": file(unsorted), "dense": unsorted.toarray().tolist()},
    {"name": "no rows", "file": file(sparse.csr_matrix((0, 4), dtype="float32")), "dense": []},
]
vector, right, left = random.standard_normal(9), random.standard_normal((9, 2)), random.standard_normal((6, 3))
norms = np.linalg.norm(dense, axis=1)
cosines = np.nan_to_num((dense @ dense.T) / np.outer(norms, norms))
golden = {
    "made_by": f"SciPy {scipy.__version__}",
    "dense": dense.tolist(),
    "files": files,
    "coo": file(matrix.tocoo()),
    "vector": vector.tolist(),
    "times_vector": (matrix @ vector).tolist(),
    "right": right.tolist(),
    "times_right": (matrix @ right).tolist(),
    "left": left.tolist(),
    "transposed_times_left": (matrix.T @ left).tolist(),
    "cosines": cosines.tolist(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
