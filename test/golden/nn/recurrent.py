#!/usr/bin/env python3
"""Recurrent layers of PyTorch, batch first, two layers, on numbers made by formula: writes recurrent.json beside this file.

Element i of tensor p is sin(12.9898 (i + 1) + 78.233 (p + 1)) / 2: tensor 0 is x [3, 4, 2], the weights follow in the order of
`named_parameters`. States have 3 numbers. The loss is the sum of the outputs times cos(i)."""
import json, math, pathlib
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

B, T, E, H = 3, 4, 2, 3
KINDS = {"rnn": (torch.nn.RNN, {}), "rnn relu": (torch.nn.RNN, {"nonlinearity": "relu"}), "gru": (torch.nn.GRU, {}), "lstm": (torch.nn.LSTM, {})}


def numbers(shape, place):
    values = [math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) / 2 for i in range(math.prod(shape))]
    return torch.tensor(values, dtype=torch.float32).reshape(shape)


cases = {}
for kind, (make, options) in KINDS.items():
    for both, bias, lengths in ((False, True, None), (True, True, [2, 4, 1]), (True, False, None)):
        layer = make(E, H, num_layers=2, bidirectional=both, bias=bias, batch_first=True, **options)
        x = numbers([B, T, E], 0).requires_grad_()
        with torch.no_grad():
            for place, (name, weight) in enumerate(layer.named_parameters()):
                weight.copy_(numbers(list(weight.shape), 1 + place))
        taken = x if lengths is None else pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        y, last = layer(taken)
        if lengths is not None:
            y, _ = pad_packed_sequence(y, batch_first=True, total_length=T)
        (y.flatten() * torch.cos(torch.arange(y.numel(), dtype=torch.float32))).sum().backward()
        h = last[0] if kind == "lstm" else last
        flat = lambda t: [round(v, 7) for v in t.detach().flatten().tolist()]
        cases[f"{kind}, {'both directions' if both else 'forward'}, {'biases' if bias else 'no biases'}{', lengths' if lengths else ''}"] = {
            "kind": kind, "bidirectional": both, "bias": bias, "lengths": lengths, "y": flat(y), "h": flat(h),
            "gradients": {"x": flat(x.grad), **{name: flat(weight.grad) for name, weight in layer.named_parameters()}},
        }
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")
