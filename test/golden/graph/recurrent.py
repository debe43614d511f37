#!/usr/bin/env python3
"""Recurrent layers of PyTorch, with packed sequences, on numbers made by formula: writes recurrent.json beside this file.

Element i of tensor p is sin(12.9898 (i + 1) + 78.233 (p + 1)) / 2, the tensors in the order x, first states, weights (of each direction wi, wh,
bi, bh); x is [4, 3, 2] and a state has 3 numbers. The loss is the sum over outputs and last states of their elements times cos(i)."""
import json, math, pathlib
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

T, B, E, H = 4, 3, 2, 3
LAYERS = {
    "rnn": lambda **k: torch.nn.RNN(E, H, **k),
    "rnn relu": lambda **k: torch.nn.RNN(E, H, nonlinearity="relu", **k),
    "gru": lambda **k: torch.nn.GRU(E, H, **k),
    "lstm": lambda **k: torch.nn.LSTM(E, H, **k),
}


def numbers(shape, place):
    size = math.prod(shape)
    values = [math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) / 2 for i in range(size)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape).requires_grad_()


def weighed(y):
    return (y.flatten() * torch.cos(torch.arange(y.numel(), dtype=torch.float64))).sum()


cases = {}
for name, make in LAYERS.items():
    for both in (False, True):
        for lengths in (None, [2, 4, 1]):
            layer = make(bidirectional=both).double()
            count = 2 if name == "lstm" else 1
            x = numbers([T, B, E], 0)
            states = [numbers([2 if both else 1, B, H], 1 + place) for place in range(count)]
            weights = list(layer.parameters())
            with torch.no_grad():
                for place, weight in enumerate(weights):
                    weight.copy_(numbers(list(weight.shape), 1 + count + place))
            given = tuple(states) if count == 2 else states[0]
            taken = x if lengths is None else pack_padded_sequence(x, lengths, enforce_sorted=False)
            y, last = layer(taken, given)
            if lengths is not None:
                y, _ = pad_packed_sequence(y, total_length=T)
            last = last if count == 2 else (last,)
            sum(weighed(value) for value in (y, *last)).backward()
            flat = lambda t: [round(v, 10) for v in t.detach().flatten().tolist()]
            title = f"{name}, {'both directions' if both else 'forward'}{', lengths' if lengths else ''}"
            cases[title] = {
                "cell": name,
                "directions": 2 if both else 1,
                "lengths": lengths,
                "y": flat(y),
                "last": [flat(value) for value in last],
                "gradients": [flat(value.grad) for value in (x, *states, *weights)],
            }
out = {"torch": torch.__version__, "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
