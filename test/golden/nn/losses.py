#!/usr/bin/env python3
"""Losses and their gradients as PyTorch computes them, on numbers made by formula: writes losses.json beside this file.

Element i of input p is sin(12.9898 (i + 1) + 78.233 (p + 1)); what is differentiated is the sum of the result's elements times cos(i)."""
import json, math, pathlib
import torch
from torch.nn import functional as F

T = torch.tensor
CLASSES = T([2, 0, 3])
TOKENS = T([[2, 0], [3, 1], [0, 0]])
W = T([1.0, 0.5, 2.0, 1.5], dtype=torch.float64)


def tokens(x, **options):
    return F.cross_entropy(x.transpose(1, 2), TOKENS, **options)


def part(x):
    """Probabilities from any numbers."""
    return torch.sigmoid(2 * x)


CASES = {
    "crossEntropy": ([[3, 4]], lambda x: F.cross_entropy(x, CLASSES)),
    "crossEntropy sum": ([[3, 4]], lambda x: F.cross_entropy(x, CLASSES, reduction="sum")),
    "crossEntropy none": ([[3, 4]], lambda x: F.cross_entropy(x, CLASSES, reduction="none")),
    "crossEntropy smoothed": ([[3, 4]], lambda x: F.cross_entropy(x, CLASSES, label_smoothing=0.1)),
    "crossEntropy weighed": ([[3, 4]], lambda x: F.cross_entropy(x, CLASSES, W)),
    "crossEntropy per token": ([[3, 2, 4]], tokens),
    "crossEntropy per token, some ignored": ([[3, 2, 4]], lambda x: tokens(x, ignore_index=0)),
    "crossEntropy per token, none": ([[3, 2, 4]], lambda x: tokens(x, ignore_index=0, reduction="none")),
    "crossEntropy of everything": ([[3, 2, 4]], lambda x: tokens(x, ignore_index=0, weight=W, label_smoothing=0.2)),
    "crossEntropy of shares": ([[3, 4], [3, 4]], lambda x, y: F.cross_entropy(x, torch.softmax(y, 1))),
    "crossEntropy of shares, weighed and smoothed": ([[3, 4], [3, 4]], lambda x, y: F.cross_entropy(x, torch.softmax(y, 1), W, label_smoothing=0.2)),
    "nllLoss": ([[3, 4]], lambda x: F.nll_loss(torch.log_softmax(x, 1), CLASSES)),
    "nllLoss weighed, some ignored": ([[3, 4]], lambda x: F.nll_loss(x, CLASSES, W, ignore_index=0)),
    "binaryCrossEntropy": ([[3, 4], [3, 4]], lambda x, y: F.binary_cross_entropy(part(x), part(y))),
    "binaryCrossEntropy weighed": ([[3, 4], [3, 4]], lambda x, y: F.binary_cross_entropy(part(x), part(y), W, reduction="sum")),
    "binaryCrossEntropyWithLogits": ([[3, 4], [3, 4]], lambda x, y: F.binary_cross_entropy_with_logits(x, part(y))),
    "binaryCrossEntropyWithLogits weighed": ([[3, 4], [3, 4]], lambda x, y: F.binary_cross_entropy_with_logits(x, part(y), W, pos_weight=W + 1)),
    "binaryCrossEntropyWithLogits far out": ([[3, 4], [3, 4]], lambda x, y: F.binary_cross_entropy_with_logits(300 * x, part(y), reduction="none")),
    "mseLoss": ([[3, 4], [3, 4]], F.mse_loss),
    "mseLoss none": ([[3, 4], [3, 4]], lambda x, y: F.mse_loss(x, y, reduction="none")),
    "l1Loss": ([[3, 4], [3, 4]], F.l1_loss),
    "l1Loss sum": ([[3, 4], [3, 4]], lambda x, y: F.l1_loss(x, y, reduction="sum")),
    "smoothL1Loss": ([[3, 4], [3, 4]], F.smooth_l1_loss),
    "smoothL1Loss, half": ([[3, 4], [3, 4]], lambda x, y: F.smooth_l1_loss(x, y, beta=0.5, reduction="sum")),
    "loss": ([[3, 4]], lambda x: x.mean()),
    "loss weighed": ([[3, 4], [3, 4]], lambda x, y: (x * x * part(y)).sum() / part(y).sum()),
    "loss weighed by class, sum": ([[3, 4]], lambda x: (x * x * W).sum()),
    "loss weighed by class": ([[3, 4]], lambda x: (x * x * W).sum() / (3 * W.sum())),
    "weighted": ([[3, 4], [3, 4]], lambda x, y: 0.25 * F.mse_loss(x, y)),
    "weighted by a value": ([[3, 4], [3, 4]], lambda x, y: F.mse_loss(x, y, reduction="none") * part(y).sum()),
    "klDivergence": ([[3, 4], [3, 4]], lambda x, y: F.kl_div(torch.log_softmax(x, 1), torch.softmax(y, 1))),
    "klDivergence by batch": ([[3, 4], [3, 4]], lambda x, y: F.kl_div(torch.log_softmax(x, 1), torch.softmax(y, 1), reduction="batchmean")),
    "klDivergence of logarithms": ([[3, 4], [3, 4]], lambda x, y: F.kl_div(torch.log_softmax(x, 1), torch.log_softmax(y, 1), reduction="sum", log_target=True)),
}


def numbers(shape, place):
    return torch.tensor([math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) for i in range(math.prod(shape))], dtype=torch.float64).reshape(shape).requires_grad_()


def flat(x):
    return [float(f"{v:.7g}") for v in x.detach().flatten().tolist()]


def case(shapes, build):
    inputs = [numbers(shape, place) for place, shape in enumerate(shapes)]
    y = build(*inputs)
    (y.flatten() * torch.cos(torch.arange(y.numel(), dtype=torch.float64))).sum().backward()
    return {"shapes": shapes, "shape": list(y.shape), "y": flat(y), "gradients": [flat(x.grad) for x in inputs]}


lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(case(*c))}" for name, c in CASES.items())
head = f'"what": "Losses by PyTorch, see losses.py", "made_by": "torch {torch.__version__}"'
pathlib.Path(__file__).with_suffix(".json").write_text(f'{{{head}, "cases": {{\n{lines}\n}}}}\n')
