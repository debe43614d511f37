#!/usr/bin/env python3
"""Attention and transformer blocks of PyTorch without dropout, on numbers made by formula: writes transformer.json beside this file.

Element i of tensor p is sin(12.9898 (i + 1) + 78.233 (p + 1)) / 2: tensor 0 is x [2, 3, 4], tensor 1 the memory [2, 5, 4], the weights follow in
the order of `named_parameters`. Two heads, 6 hidden numbers. The loss is the sum of the outputs times cos(i)."""
import json, math, pathlib
import torch
from torch import nn

B, T, M, W, HEADS, HIDDEN = 2, 3, 5, 4, 2, 6
LENGTHS, MEMORY_LENGTHS = [3, 2], [5, 1]


def numbers(shape, place):
    values = [math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)) / 2 for i in range(math.prod(shape))]
    return torch.tensor(values, dtype=torch.float32).reshape(shape)


def padding(lengths, size):
    return torch.arange(size)[None] >= torch.tensor(lengths)[:, None]


def attend(causal=False, across=False, lengths=False):
    def run(layer, x, memory):
        keys = memory if across else x
        mask = torch.triu(torch.ones(T, T, dtype=torch.bool), 1) if causal else None
        pad = padding(MEMORY_LENGTHS if across else LENGTHS, keys.shape[1]) if lengths else None
        return layer(x, keys, keys, attn_mask=mask, key_padding_mask=pad, need_weights=False)[0]
    return lambda: nn.MultiheadAttention(W, HEADS, batch_first=True), run


def encoder(**options):
    make = lambda: nn.TransformerEncoderLayer(W, HEADS, HIDDEN, dropout=0, batch_first=True, **options)
    return make, lambda layer, x, memory: layer(x, src_key_padding_mask=padding(LENGTHS, T))


def decoder(**options):
    make = lambda: nn.TransformerDecoderLayer(W, HEADS, HIDDEN, dropout=0, batch_first=True, **options)
    causal = torch.triu(torch.ones(T, T, dtype=torch.bool), 1)
    return make, lambda layer, x, memory: layer(x, memory, tgt_mask=causal, memory_key_padding_mask=padding(MEMORY_LENGTHS, M))


CASES = {
    "attention": attend(),
    "attention, causal": attend(causal=True),
    "attention, lengths": attend(lengths=True),
    "attention, causal, lengths": attend(causal=True, lengths=True),
    "attention, memory, lengths": attend(across=True, lengths=True),
    "encoder, relu, after": encoder(),
    "encoder, gelu, before": encoder(activation="gelu", norm_first=True),
    "decoder, relu, after": decoder(),
    "decoder, gelu, before": decoder(activation="gelu", norm_first=True),
}
cases = {}
for title, (make, run) in CASES.items():
    layer = make().train()
    x, memory = numbers([B, T, W], 0).requires_grad_(), numbers([B, M, W], 1).requires_grad_()
    with torch.no_grad():
        for place, (name, weight) in enumerate(layer.named_parameters()):
            weight.copy_(numbers(list(weight.shape), 2 + place))
    y = run(layer, x, memory)
    (y.flatten() * torch.cos(torch.arange(y.numel(), dtype=torch.float32))).sum().backward()
    flat = lambda t: [round(v, 7) for v in t.detach().flatten().tolist()]
    gradients = {"x": flat(x.grad), **({"memory": flat(memory.grad)} if memory.grad is not None else {})}
    cases[title] = {"y": flat(y), "gradients": {**gradients, **{name: flat(weight.grad) for name, weight in layer.named_parameters()}}}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")
