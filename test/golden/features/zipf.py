"""Writes zipf.json: lines through logarithms of counts by numpy. Run: $PEERS_PYTHON test/golden/features/zipf.py"""
import json
import pathlib

import numpy as np

cases = []
for counts in [[5, 1], [7, 7, 7], [1, 9, 3, 3, 0, 2], [round(1000 / r) for r in range(1, 400)], [2**40, 2**33, 12, 5, 1, 1]]:
    for low, high in [(1, None), (2, 5)]:
        falling = np.array(sorted((c for c in counts if c > 0), reverse=True), dtype=float)
        ranks = np.arange(1, len(falling) + 1)[low - 1 : high]
        if len(ranks) < 2:
            continue
        x, y = np.log(ranks), np.log(falling[low - 1 : high])
        slope, start = np.polyfit(x, y, 1)
        total = float(((y - y.mean()) ** 2).sum())
        explained = 1.0 if total < 1e-20 else 1 - float(((y - slope * x - start) ** 2).sum()) / total
        cases.append({"counts": counts, "options": {"from": low, **({"to": high} if high else {})}, "exponent": -slope, "constant": float(np.exp(start)), "explained": explained})

golden = {"made_by": f"numpy {np.__version__}", "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
