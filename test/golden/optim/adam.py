"""Writes adam.json: 20 steps by torch.optim.Adam and SparseAdam, on gradients of a formula. Run: $PEERS_PYTHON test/golden/optim/adam.py

The gradient of element i at step t (from 1) is sin(1 + 3 i + 2 t) · 10^(i mod 5 − 3): it changes sign and spans five orders of magnitude.
Element 0 has gradient 0 throughout, as a padding row has. The sparse case has 6 rows of 2; step t touches the rows r with (r + t) mod 3 ≠ 0.
"""
import json
import math
import pathlib

import torch

steps, size, rows = 20, 12, 6
options = [
    {},
    {"rate": 0.05, "epsilon": 1e-12},
    {"rate": 0.01, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-3},
    {"rate": 0.01, "beta1": 0.0, "beta2": 0.99, "epsilon": 1e-6},
]


def gradient(t):
    return torch.tensor([0.0 if i == 0 else math.sin(1 + 3 * i + 2 * t) * 10 ** (i % 5 - 3) for i in range(size)])


def start():
    return torch.tensor([math.cos(i) for i in range(size)])


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


def theirs(o):
    return {"lr": o.get("rate", 1e-3), "betas": (o.get("beta1", 0.9), o.get("beta2", 0.999)), "eps": o.get("epsilon", 1e-8)}


cases = []
for o in options:
    dense = torch.nn.Parameter(start())
    adam = torch.optim.Adam([dense], **theirs(o))
    after = []
    for t in range(1, steps + 1):
        dense.grad = gradient(t)
        adam.step()
        after.append(numbers(dense))
    case = {"options": o, "after": after}
    if o.get("epsilon", 1e-8) < 1e-7:
        # SparseAdam adds epsilon before the correction of the second moment, we after it as Adam does: equal where epsilon is small beside the gradients.
        table = torch.nn.Parameter(start().reshape(rows, 2))
        sparse = torch.optim.SparseAdam([table], **theirs(o))
        case["sparse"] = []
        for t in range(1, steps + 1):
            touched = [r for r in range(rows) if (r + t) % 3 != 0]
            table.grad = torch.sparse_coo_tensor([touched], gradient(t).reshape(rows, 2)[touched], (rows, 2))
            sparse.step()
            case["sparse"].append(numbers(table))
    cases.append(case)

golden = {"what": "Adam of PyTorch, see adam.py", "made_by": f"torch {torch.__version__}", "size": size, "rows": rows, "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
