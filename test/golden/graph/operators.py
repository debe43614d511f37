#!/usr/bin/env python3
"""Operators and their gradients as PyTorch computes them, on numbers made by formula: writes operators.json beside this file.

Element i of input p is sin(12.9898 (i + 1) + 78.233 (p + 1)); the loss is the sum of the result's elements times cos(i)."""
import json, math, pathlib
import torch
from torch.nn import functional as F

CASES = {
    "conv1d": ([[2, 3, 9], [4, 3, 3], [4]], lambda x, w, b: F.conv1d(x, w, b, stride=2, padding=1)),
    "conv1d dilated": ([[1, 2, 9], [3, 2, 3]], lambda x, w: F.conv1d(x, w, dilation=2)),
    "conv2d groups": ([[2, 4, 5, 6], [6, 2, 3, 2]], lambda x, w: F.conv2d(x, w, stride=(2, 1), padding=(1, 0), groups=2)),
    "conv_transpose1d": ([[2, 3, 4], [3, 2, 3], [2]], lambda x, w, b: F.conv_transpose1d(x, w, b, stride=2, padding=1, output_padding=1)),
    "max_pool2d": ([[1, 2, 5, 6]], lambda x: F.max_pool2d(x, 3, 2, 1)),
    "avg_pool1d": ([[2, 2, 7]], lambda x: F.avg_pool1d(x, 3, 2, 1)),
    "layer_norm": ([[2, 3, 5], [5], [5]], lambda x, w, b: F.layer_norm(x, (5,), w, b)),
    "gelu": ([[3, 7]], F.gelu),
    "gelu tanh": ([[3, 7]], lambda x: F.gelu(x, approximate="tanh")),
    "softplus": ([[3, 7]], F.softplus),
    "elu": ([[3, 7]], lambda x: F.elu(x, 0.7)),
    "leaky_relu": ([[3, 7]], lambda x: F.leaky_relu(x, 0.2)),
    "prelu": ([[2, 3, 4], [3, 1]], lambda x, w: torch.where(x > 0, x, x * w)),
    "erf": ([[3, 7]], torch.erf),
    "logsumexp": ([[2, 3, 4]], lambda x: torch.logsumexp(x, 1)),
    "cumsum": ([[3, 4]], lambda x: torch.cumsum(x, 1)),
    "einsum": ([[2, 3, 4], [2, 4, 5]], lambda a, b: torch.einsum("bik,bkj->bji", a, b)),
    "amax": ([[2, 5, 3]], lambda x: x.amax(1)),
    "topk": ([[3, 6]], lambda x: x.topk(2).values),
    "fmod": ([[3, 4], [4]], torch.fmod),
    "maximum": ([[2, 3], [3]], torch.maximum),
}

out = {"torch": torch.__version__, "cases": {}}
for name, (shapes, function) in CASES.items():
    inputs = []
    for place, shape in enumerate(shapes):
        size = math.prod(shape)
        numbers = [math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) for i in range(size)]
        inputs.append(torch.tensor(numbers, dtype=torch.float32).reshape(shape).requires_grad_())
    y = function(*inputs)
    loss = (y.flatten() * torch.cos(torch.arange(y.numel(), dtype=torch.float64)).float()).sum()
    loss.backward()
    flat = lambda t: [round(v, 7) for v in t.detach().flatten().tolist()]
    out["cases"][name] = {"shapes": shapes, "shape": list(y.shape), "y": flat(y), "gradients": [flat(t.grad) for t in inputs]}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
