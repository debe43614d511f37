#!/usr/bin/env python3
"""Layers and their gradients as PyTorch computes them, on numbers made by formula: writes layers.json beside this file.

Element i of the input is sin(12.9898 (i + 1) + 78.233), of the p-th state in the order of names (from 1) sin(12.9898 (i + 1) + 78.233 (p + 1));
of a running variance 0.5 more than its absolute value; of a memory that attention looks at, as of a state after the last. The loss is the sum of the
result's elements times cos(i). Where a module has no `forward` for it, a case says how it is applied, to the module, the input and the memory."""
import json, math, pathlib
import torch
from torch import nn
from torch.nn import functional as F


class Of(nn.Module):
    """Modules by name, and what is computed with them."""

    def __init__(self, forward, **modules):
        super().__init__()
        self.compute = forward
        for name, module in modules.items():
            self.add_module(name.lstrip("_"), module)

    def forward(self, x):
        return self.compute(self, x)


class Listed(nn.ModuleList):
    def __init__(self, forward, *modules):
        super().__init__(modules)
        self.compute = forward

    def forward(self, x):
        return self.compute(self, x)


def plain(f):
    return Of(lambda m, x: f(x))


IDS = torch.tensor([[1, 4, 1], [2, 2, 0]])
LENGTHS = [5, 3]


def over_time(reduce):
    return plain(lambda x: torch.stack([reduce(text[:length]) for text, length in zip(x, LENGTHS)]))


def conv_max(m, x):
    """The largest of the windows that lie inside of each text."""
    texts = [torch.cat([F.relu(conv(text[:length].T[None])).amax(2)[0] for conv in m]) for text, length in zip(x, LENGTHS)]
    return torch.stack(texts)


def conv_max_pool(inputs, out, width, pool):
    """Conv1d and pooling of [batch, time, inputs], its weights named as Conv1d's."""
    module = nn.Conv1d(inputs, out, width)
    module.forward = lambda x: F.max_pool1d(F.conv1d(x.transpose(1, 2), module.weight, module.bias), pool)
    return module


CASES = {
    "linear": (nn.Linear(3, 2), [4, 3]),
    "linear over time": (nn.Linear(3, 2), [2, 4, 3]),
    "linear without bias": (nn.Linear(3, 2, bias=False), [4, 3]),
    "embedding": (nn.Embedding(5, 3, padding_idx=0), None),
    "embedding without padding": (nn.Embedding(5, 3), None),
    "conv1d": (nn.Conv1d(3, 4, 3), [2, 3, 7]),
    "conv1d strided": (nn.Conv1d(2, 3, 3, stride=2, padding=1), [2, 2, 7]),
    "conv1d dilated": (nn.Conv1d(2, 3, 3, dilation=2, bias=False), [2, 2, 7]),
    "conv1d in groups": (nn.Conv1d(4, 6, 3, groups=2, padding="same"), [2, 4, 5]),
    "conv2d": (nn.Conv2d(2, 3, (3, 2), padding=(1, 0)), [2, 2, 4, 5]),
    "conv2d strided, dilated, in groups": (nn.Conv2d(2, 4, 2, stride=2, dilation=(1, 2), groups=2), [2, 2, 5, 6]),
    "convTranspose1d": (nn.ConvTranspose1d(3, 2, 3, stride=2, padding=1, output_padding=1), [2, 3, 4]),
    "convTranspose2d": (nn.ConvTranspose2d(2, 4, (2, 3), stride=(2, 1), dilation=(1, 2), groups=2, bias=False), [1, 2, 3, 3]),
    "depthwiseSeparable": (Of(lambda m, x: m.pointwise(m.depthwise(x)), depthwise=nn.Conv1d(3, 3, 3, padding=2, dilation=2, groups=3), pointwise=nn.Conv1d(3, 4, 1)), [2, 3, 6]),
    "maxPool": (nn.MaxPool1d(3, 2, 1), [2, 2, 8]),
    "maxPool over two axes": (nn.MaxPool2d((2, 3), ceil_mode=True), [1, 2, 5, 6]),
    "averagePool": (nn.AvgPool1d(3, 2, 1), [2, 2, 8]),
    "averagePool over two axes": (nn.AvgPool2d(2, 1, 1, count_include_pad=False), [1, 2, 4, 5]),
    "adaptiveMaxPool": (nn.AdaptiveMaxPool1d(3), [2, 2, 7]),
    "adaptiveAveragePool": (nn.AdaptiveAvgPool1d(3), [2, 2, 7]),
    "adaptiveAveragePool over two axes": (nn.AdaptiveAvgPool2d((2, 3)), [1, 2, 5, 7]),
    "adaptiveAveragePool to one": (nn.AdaptiveAvgPool1d(1), [2, 2, 7]),
    "maxOverTime": (over_time(lambda text: text.amax(0)), [2, 5, 3]),
    "maxOverTime of channels": (Of(lambda m, x: torch.stack([t[:, :n].amax(1) for t, n in zip(x, LENGTHS)])), [2, 3, 5]),
    "meanOverTime": (over_time(lambda text: text.mean(0)), [2, 5, 3]),
    "batchNorm at prediction": (nn.BatchNorm1d(3).eval(), [4, 3, 2]),
    "batchNorm in training": (nn.BatchNorm1d(3), [4, 3, 2]),
    "batchNorm in training, a matrix": (nn.BatchNorm1d(3, momentum=0.3), [4, 3]),
    "batchNorm in training, two axes": (nn.BatchNorm2d(2, eps=1e-3), [2, 2, 3, 2]),
    "layerNorm": (nn.LayerNorm(4), [2, 3, 4]),
    "layerNorm of two axes": (nn.LayerNorm([3, 4], eps=1e-3), [2, 3, 4]),
    "dropout": (nn.Dropout(0.5).eval(), [3, 4]),
    "relu": (nn.ReLU(), [3, 4]),
    "leakyRelu": (nn.LeakyReLU(0.2), [3, 4]),
    "prelu": (nn.PReLU(), [3, 4]),
    "prelu of channels": (nn.PReLU(3), [2, 3, 4]),
    "elu": (nn.ELU(0.7), [3, 4]),
    "selu": (nn.SELU(), [3, 4]),
    "gelu": (nn.GELU(), [3, 4]),
    "gelu, tanh": (nn.GELU("tanh"), [3, 4]),
    "softplus": (nn.Softplus(), [3, 4]),
    "sigmoid": (nn.Sigmoid(), [3, 4]),
    "tanh": (nn.Tanh(), [3, 4]),
    "residual": (Of(lambda m, x: x + m.body(x), body=nn.Conv1d(3, 3, 3, padding=1)), [2, 3, 5]),
    "residual with a shortcut": (Of(lambda m, x: m.shortcut(x) + m.body(x), body=nn.Conv1d(3, 4, 3, padding=1), shortcut=nn.Conv1d(3, 4, 1)), [2, 3, 5]),
    "parallel": (Listed(lambda m, x: torch.cat([branch(x) for branch in m], 1), nn.Conv1d(2, 3, 1), nn.Conv1d(2, 2, 3, padding=1)), [2, 2, 5]),
    "denseBlock": (Listed(lambda m, x: (lambda seen: torch.cat([seen, m[1](seen)], 1))(torch.cat([x, m[0](x)], 1)), nn.Conv1d(2, 3, 1), nn.Conv1d(5, 2, 3, padding=1)), [2, 2, 5]),
    "sequential": (nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Dropout(0.5), nn.Linear(4, 2)).eval(), [5, 3]),
    "timeDistributed": (Of(lambda m, x: F.conv1d(x.flatten(0, 1), m.weight, m.bias).unflatten(0, x.shape[:2])), [2, 3, 2, 5]),
    "convMax": (Listed(conv_max, nn.Conv1d(3, 2, 2), nn.Conv1d(3, 2, 3)), [2, 5, 3]),
    "convMaxPool": (conv_max_pool(2, 3, 3, 2), [2, 7, 2]),
    "convMaxPool without pools": (conv_max_pool(2, 3, 3, 1), [2, 5, 2]),
}
TEXTS, MEMORY = [2, 5, 3], [2, 5, 4]


def read(module, x, memory):
    """Texts to their own ends, as packed sequences."""
    packed = nn.utils.rnn.pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
    return nn.utils.rnn.pad_packed_sequence(module(packed)[0], batch_first=True, total_length=x.shape[1])[0]


def recurrent(kind, apply=read, layers=1, **options):
    return getattr(nn, kind)(3, 2, layers, batch_first=True, **options), TEXTS, apply


def cell(gates, step, bias=True):
    """A recurrence that PyTorch lacks, named as its own: `step` makes the next state of the products of input and state with the weights."""
    weights = nn.RNN(3, 2, batch_first=True, bias=bias) if gates == 1 else nn.GRU(3, 2, batch_first=True, bias=bias)

    def apply(module, x, memory):
        w, u = module.weight_ih_l0, module.weight_hh_l0
        b, c = (module.bias_ih_l0, module.bias_hh_l0) if bias else (w.new_zeros(len(w)),) * 2
        texts = []
        for text, length in zip(x, LENGTHS):
            h, states = x.new_zeros(2), []
            for at in range(length):
                h = step(w @ text[at] + b, h, u, c)
                states.append(h)
            texts.append(F.pad(torch.stack(states), (0, 0, 0, x.shape[1] - length)))
        return torch.stack(texts)

    return weights, TEXTS, apply


def reset_before(wx, h, u, c):
    """GRU as in Cho et al. 2014, but with PyTorch's sense of z: the reset state goes into the product."""
    wr, wz, wn = wx.chunk(3)
    ur, uz, un = u.chunk(3)
    cr, cz, cn = c.chunk(3)
    r, z = torch.sigmoid(wr + ur @ h + cr), torch.sigmoid(wz + uz @ h + cz)
    n = torch.tanh(wn + un @ (r * h) + cn)
    return (1 - z) * n + z * h


def beyond(size):
    return torch.arange(size)[None] >= torch.tensor(LENGTHS)[:, None]


def causal(size):
    return torch.triu(torch.ones(size, size, dtype=torch.bool), 1)


def attend(mask=lambda x: None):
    return lambda m, x, memory: m(x, x, x, attn_mask=mask(x), key_padding_mask=beyond(x.shape[1]), need_weights=False)[0]


def encoder(**options):
    return nn.TransformerEncoderLayer(4, 2, 6, dropout=0, batch_first=True, **options), MEMORY, lambda m, x, memory: m(x, src_key_padding_mask=beyond(x.shape[1]))


def decoder(**options):
    layer = nn.TransformerDecoderLayer(4, 2, 6, dropout=0, batch_first=True, **options)
    return layer, [2, 3, 4], lambda m, x, memory: m(x, memory, tgt_mask=causal(x.shape[1]), memory_key_padding_mask=beyond(memory.shape[1])), MEMORY


def looking(scores, **modules):
    """A mean of the memory by the softmax of scores, padding left out."""
    def apply(m, x, memory):
        return scores(m, x, memory).masked_fill(beyond(memory.shape[1])[:, None], -torch.inf).softmax(-1) @ memory
    return Of(None, **modules), apply


def additive(m, x, memory):
    return m.w_v(torch.tanh(m.W_q(x)[:, :, None] + m.W_k(memory)[:, None])).squeeze(-1)


def gaussian(m, x, memory):
    return -((x[:, :, None] - memory[:, None]) * getattr(m, "weight", 2)).square().sum(-1) / 2


def others(scores):
    """Numbers that leave themselves out; their values are their squares."""
    return lambda m, x, memory: scores(m, x).masked_fill(torch.eye(len(x), dtype=torch.bool), -torch.inf).softmax(-1) @ x.square()


def with_weight(module):
    module.weight = nn.Parameter(torch.ones(1))
    return module


def sinusoidal(x):
    rates = 1e4 ** (-torch.arange(0, x.shape[2], 2, dtype=x.dtype) / x.shape[2])
    angles = torch.arange(x.shape[1], dtype=x.dtype)[:, None] * rates
    return x + torch.stack([angles.sin(), angles.cos()], -1).flatten(1)


def flat_scores(m, x):
    return x.new_zeros(len(x), len(x))


def gaussian_of_numbers(m, x):
    return -((x[:, None] - x[None]) * m.weight).square() / 2


additive_attention, apply_additive = looking(additive, W_q=nn.Linear(3, 5, bias=False), W_k=nn.Linear(4, 5, bias=False), w_v=nn.Linear(5, 1, bias=False))
CASES |= {
    "rnn": recurrent("RNN"),
    "rnn, both directions, two layers": recurrent("RNN", layers=2, bidirectional=True),
    "rnn, relu": recurrent("RNN", bidirectional=True, nonlinearity="relu"),
    "rnn, linear, no biases": cell(1, lambda wx, h, u, c: wx + u @ h + c, bias=False),
    "gru": recurrent("GRU"),
    "gru of whole texts, two layers": recurrent("GRU", lambda m, x, memory: m(x)[0], layers=2),
    "gru, both directions, two layers": recurrent("GRU", layers=2, bidirectional=True),
    "gru, both directions, no biases": recurrent("GRU", bidirectional=True, bias=False),
    "gru, reset before": cell(3, reset_before),
    "gru, reset before, no biases": cell(3, reset_before, bias=False),
    "lstm": recurrent("LSTM"),
    "lstm, both directions, two layers": recurrent("LSTM", layers=2, bidirectional=True),
    "lstm, both directions, no biases": recurrent("LSTM", bidirectional=True, bias=False),
    "recurrent": recurrent("RNN"),
    "multiHeadAttention": (nn.MultiheadAttention(4, 2, batch_first=True), MEMORY, attend()),
    "multiHeadAttention, causal": (nn.MultiheadAttention(4, 2, batch_first=True), MEMORY, attend(lambda x: causal(x.shape[1]))),
    "multiHeadAttention over a memory": (nn.MultiheadAttention(4, 2, batch_first=True), [2, 3, 4], lambda m, x, memory: m(x, memory, memory, key_padding_mask=beyond(5), need_weights=False)[0], MEMORY),
    "additiveAttention": (additive_attention, [2, 3, 3], apply_additive, MEMORY),
    "averagePooling": (Of(None), [2, 3, 4], lambda m, x, memory: x + looking(lambda m, x, memory: x.new_zeros(2, 3, 5))[1](m, x, memory), MEMORY),
    "averagePooling of numbers": (Of(None), [6], others(flat_scores)),
    "kernelPooling": (Of(None), [2, 3, 4], looking(gaussian)[1], MEMORY),
    "kernelPooling, learned": (with_weight(Of(None)), [2, 3, 4], looking(gaussian)[1], MEMORY),
    "kernelPooling of numbers, learned": (with_weight(Of(None)), [6], others(gaussian_of_numbers)),
    "encoderBlock": encoder(),
    "encoderBlock, gelu, normalized before": encoder(activation="gelu", norm_first=True),
    "decoderBlock": decoder(),
    "decoderBlock, gelu, normalized before": decoder(activation="gelu", norm_first=True),
    "learnedPositions": (nn.Embedding(6, 4), MEMORY, lambda m, x, memory: x + m(torch.arange(x.shape[1]))),
    "sinusoidalPositions": (plain(sinusoidal), MEMORY),
}
conv = nn.Conv1d(2, 3, 3)
CASES["timeDistributed"][0].weight, CASES["timeDistributed"][0].bias = conv.weight, conv.bias


def numbers(shape, place):
    size = math.prod(shape)
    return torch.tensor([math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) for i in range(size)], dtype=torch.float64).reshape(shape)


def flat(x):
    return [float(f"{v:.7g}") for v in x.detach().flatten().tolist()]


def case(module, shape, apply=None, memory_shape=None):
    module.double()
    states = {k: v for k, v in sorted(module.state_dict().items()) if not k.endswith("num_batches_tracked")}
    with torch.no_grad():
        for place, (name, state) in enumerate(states.items()):
            made = numbers(state.shape, place + 1)
            state.copy_(made.abs() + 0.5 if name.endswith("running_var") else made)
    inputs = {} if shape is None else {"x": numbers(shape, 0).requires_grad_()}
    if memory_shape:
        inputs["memory"] = numbers(memory_shape, len(states) + 1).requires_grad_()
    x = inputs.get("x", IDS)
    y = apply(module, x, inputs.get("memory")) if apply else module(x)
    (y * torch.cos(torch.arange(y.numel(), dtype=torch.float64)).reshape(y.shape)).sum().backward()
    gradients = {name: flat(p.grad) for name, p in sorted(module.named_parameters())}
    moved = {name: flat(b) for name, b in sorted(module.named_buffers()) if name in states} if module.training else {}
    return {
        "states": {name: list(state.shape) for name, state in states.items()},
        "shape": list(y.shape), "y": flat(y), "gradients": gradients, "moved": moved,
        "inputs": {name: flat(value.grad) for name, value in inputs.items()},
    }


out = {"what": "Layers by PyTorch, see layers.py", "made_by": f"torch {torch.__version__}", "cases": {name: case(*c) for name, c in CASES.items()}}
lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(c)}" for name, c in out["cases"].items())
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(f'{{"what": {json.dumps(out["what"])}, "made_by": {json.dumps(out["made_by"])}, "cases": {{\n{lines}\n}}}}\n')
