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
    "conv1d padded before": ([[2, 2, 6], [3, 2, 3], [3]], lambda x, w, b: F.conv1d(F.pad(x, (2, 0)), w, b)),
    "conv2d padded unequally": ([[1, 2, 5, 6], [2, 2, 2, 3]], lambda x, w: F.conv2d(F.pad(x, (2, 1, 0, 1)), w, stride=(1, 2))),
    "conv2d same": ([[1, 2, 5, 6], [3, 2, 2, 4]], lambda x, w: F.conv2d(x, w, padding="same")),
    "conv_transpose2d groups": ([[1, 4, 3, 3], [4, 1, 2, 3], [2]], lambda x, w, b: F.conv_transpose2d(x, w, b, stride=(2, 1), dilation=(1, 2), groups=2)),
    "max_pool1d dilated": ([[2, 2, 9]], lambda x: F.max_pool1d(x, 3, 2, 1, dilation=2)),
    "max_pool2d ceil": ([[1, 2, 6, 5]], lambda x: F.max_pool2d(x, 3, 2, 1, ceil_mode=True)),
    "avg_pool2d ceil": ([[1, 2, 6, 5]], lambda x: F.avg_pool2d(x, 3, 2, 1, ceil_mode=True)),
    "max_pool1d ceil, no window in the padding": ([[2, 2, 7]], lambda x: F.max_pool1d(x, 2, 3, 1, ceil_mode=True)),
    "avg_pool1d ceil, no window in the padding": ([[2, 2, 7]], lambda x: F.avg_pool1d(x, 2, 3, 1, ceil_mode=True)),
    "avg_pool2d ceil, no window in the padding": ([[1, 2, 7, 9]], lambda x: F.avg_pool2d(x, (2, 3), (3, 4), 1, ceil_mode=True, count_include_pad=False)),
    "avg_pool2d padding not counted": ([[1, 2, 6, 5]], lambda x: F.avg_pool2d(x, (2, 3), 2, 1, ceil_mode=True, count_include_pad=False)),
    "batch_norm": ([[3, 2, 4], [2], [2]], lambda x, w, b: F.batch_norm(x, torch.tensor([0.1, -0.2]), torch.tensor([0.5, 2.0]), w, b)),
    "batch_norm training": ([[3, 2, 4], [2], [2]], lambda x, w, b: F.batch_norm(x, None, None, w, b, training=True)),
    "group_norm": ([[2, 4, 3], [4], [4]], lambda x, w, b: F.group_norm(x, 2, w, b)),
    "instance_norm": ([[2, 3, 5], [3], [3]], lambda x, w, b: F.instance_norm(x, weight=w, bias=b)),
    "rms_norm": ([[2, 3, 5], [5]], lambda x, w: F.rms_norm(x, (5,), w, eps=1e-5)),
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
    "einsum, four axes": ([[2, 3, 4, 5], [2, 3, 6, 5]], lambda q, k: torch.einsum("bhid,bhjd->bhij", q, k)),
    "einsum, summed": ([[2, 3], [2, 4]], lambda a, b: torch.einsum("ik,ij->j", a, b)),
    "attention": ([[2, 2, 3, 4], [2, 2, 5, 4], [2, 2, 5, 3]], F.scaled_dot_product_attention),
    "attention causal": ([[2, 2, 4, 3]] * 3, lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=True)),
    "attention masked": ([[1, 2, 2, 3], [1, 2, 3, 3], [1, 2, 3, 2]], lambda q, k, v: F.scaled_dot_product_attention(q, k, v, torch.tensor([[1, 0, 1], [1, 1, 0]]).bool())),
    "attention, numbers added": ([[1, 2, 2, 3], [1, 2, 3, 3], [1, 2, 3, 2], [2, 3]], F.scaled_dot_product_attention),
    "attention in groups": ([[1, 4, 2, 3], [1, 2, 3, 3], [1, 2, 3, 3]], lambda q, k, v: F.scaled_dot_product_attention(q, k, v, enable_gqa=True)),
    "gather_nd": ([[3, 4, 2]], lambda x: x[[0, 2, 0, -1], [1, 3, 1, -2]]),
    "scatter_nd": ([[3, 4], [2, 4]], lambda x, u: x.index_copy(0, torch.tensor([2, 0]), u)),
    "slice by two": ([[7, 3]], lambda x: x[1::2, :]),
    "flipped": ([[4, 3]], lambda x: x.flip(0)),
    "scatter_reduce amax": ([[3, 2], [2, 2]], lambda x, u: x.scatter_reduce(0, torch.tensor([[0, 2], [0, 1]]), u, "amax")),
    "prod": ([[2, 3]], lambda x: x.prod(1)),
    "norm": ([[2, 3]], lambda x: x.norm(dim=1)),
    "celu": ([[3, 7]], lambda x: F.celu(x, 0.7)),
    "selu": ([[3, 7]], F.selu),
    "mish": ([[3, 7]], F.mish),
    "hardswish": ([[3, 7]], lambda x: F.hardswish(4 * x)),
    "hardsigmoid": ([[3, 7]], lambda x: F.hardsigmoid(4 * x)),
    "softsign": ([[3, 7]], F.softsign),
    "threshold": ([[3, 7]], lambda x: F.threshold(x, 0.5, 0)),
    "vector times batch": ([[3], [2, 3, 4]], torch.matmul),
    "batch times vector": ([[2, 4, 3], [3]], torch.matmul),
    "amax": ([[2, 5, 3]], lambda x: x.amax(1)),
    "topk": ([[3, 6]], lambda x: x.topk(2).values),
    "fmod": ([[3, 4], [4]], torch.fmod),
    "maximum": ([[2, 3], [3]], torch.maximum),
}



def gates(tensor, order):
    """ONNX has the gates of a layer in another order than PyTorch."""
    parts = tensor.chunk(len(order), 0)
    return torch.cat([parts[place] for place in order])


def recurrent(kind, order):
    """A bidirectional layer of ONNX's weights W, R, B; the second text ends after two steps."""
    def run(x, w, r, b):
        layer = kind(3, 4, bidirectional=True)
        for at, end in enumerate(["l0", "l0_reverse"]):
            for name, value in [("weight_ih", w[at]), ("weight_hh", r[at]), ("bias_ih", b[at].chunk(2)[0]), ("bias_hh", b[at].chunk(2)[1])]:
                getattr(layer, f"{name}_{end}").data = gates(value.detach(), order)
        packed = torch.nn.utils.rnn.pack_padded_sequence(x.detach(), torch.tensor([5, 2]))
        y, _ = torch.nn.utils.rnn.pad_packed_sequence(layer(packed)[0])
        return y.reshape(5, 2, 2, 4).transpose(1, 2)
    return run


# Values only: [time, directions, batch, hidden].
VALUES = {
    "rnn": ([[5, 2, 3], [2, 4, 3], [2, 4, 4], [2, 8]], recurrent(torch.nn.RNN, [0])),
    "gru": ([[5, 2, 3], [2, 12, 3], [2, 12, 4], [2, 24]], recurrent(torch.nn.GRU, [1, 0, 2])),
    "lstm": ([[5, 2, 3], [2, 16, 3], [2, 16, 4], [2, 32]], recurrent(torch.nn.LSTM, [0, 2, 3, 1])),
}

out = {"torch": torch.__version__, "cases": {}}
for name, (shapes, function) in (CASES | VALUES).items():
    inputs = []
    for place, shape in enumerate(shapes):
        size = math.prod(shape)
        numbers = [math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) for i in range(size)]
        inputs.append(torch.tensor(numbers, dtype=torch.float32).reshape(shape).requires_grad_())
    y = function(*inputs)
    if name not in VALUES:
        loss = (y.flatten() * torch.cos(torch.arange(y.numel(), dtype=torch.float64)).float()).sum()
        loss.backward()
    flat = lambda t: [round(v, 7) for v in t.detach().flatten().tolist()]
    out["cases"][name] = {"shapes": shapes, "shape": list(y.shape), "y": flat(y), "gradients": [flat(t.grad) for t in inputs if t.grad is not None]}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
