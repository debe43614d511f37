"""Writes classifiers.json: logits and gradients of classifiers by PyTorch, padding left out by packed sequences and masks.
Run: $PEERS_PYTHON test/golden/models/classifiers.py

Weights and ids follow formulas, which test/models/golden.test.ts has, too: element i of the parameter at place p of the names in order is
sin(12.9898 (i + 1) + 78.233 (p + 1)) / 2, and 0 in the row of padding; token t of text n has the id 1 + (7 n + 3 t) mod 10."""
import json
import math
import pathlib

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

vocabulary, width, classes = 11, 6, 3
lengths = torch.tensor([7, 1, 4, 9])
targets = torch.tensor([2, 0, 1, 1])
time = int(lengths.max())
ids = torch.tensor([[1 + (7 * n + 3 * t) % 10 if t < length else 0 for t in range(time)] for n, length in enumerate(lengths)])
within = torch.arange(time)[None, :] < lengths[:, None]
torch.set_num_threads(1)


class Classifier(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width, padding_idx=0)
        self.out = nn.Linear(features, classes)


class Pool(nn.Module):
    """Yang et al. 2016."""

    def __init__(self, features):
        super().__init__()
        self.hidden = nn.Linear(features, features)
        self.score = nn.Linear(features, 1, bias=False)

    def forward(self, x):
        scores = self.score(torch.tanh(self.hidden(x))).squeeze(2).masked_fill(~within, -torch.inf)
        return (scores.softmax(1)[:, :, None] * x).sum(1)


class Recurrent(Classifier):
    def __init__(self, cell, pooling, layers=1):
        super().__init__(8)
        self.rnn = cell(width, 4, num_layers=layers, bidirectional=True, batch_first=True)
        self.pooling = pooling
        if pooling == "attention":
            self.pool = Pool(8)

    def forward(self):
        packed = pack_padded_sequence(self.embed(ids), lengths, batch_first=True, enforce_sorted=False)
        outputs, state = self.rnn(packed)
        outputs, _ = pad_packed_sequence(outputs, batch_first=True)
        state = state[0] if isinstance(state, tuple) else state
        if self.pooling == "last":
            read = torch.cat([state[-2], state[-1]], 1)
        elif self.pooling == "max":
            read = outputs.masked_fill(~within[:, :, None], -torch.inf).max(1).values
        elif self.pooling == "mean":
            read = outputs.sum(1) / lengths[:, None]
        else:
            read = self.pool(outputs)
        return self.out(read)


class DeepPyramid(Classifier):
    def __init__(self, filters=9, blocks=4):
        super().__init__(filters)
        self.region = nn.Conv1d(width, filters, 3, padding=1)
        self.blocks = nn.ModuleList(nn.ModuleList(nn.Conv1d(filters, filters, 3, padding=1) for _ in range(2)) for _ in range(blocks))

    def forward(self):
        # A text by itself: nothing is behind its end.
        return self.out(torch.stack([self.read(row[:length]) for row, length in zip(ids, lengths)]))

    def read(self, text):
        x = self.region(self.embed(text).T[None])
        for place, (first, second) in enumerate(self.blocks):
            if place > 0:
                x = nn.functional.max_pool1d(x, 3, stride=2, padding=1)
            x = x + second(torch.relu(first(torch.relu(x))))
        return x[0].max(1).values


class Transformer(Classifier):
    def __init__(self, layers=2):
        super().__init__(width)
        self.encoder = nn.ModuleList(
            nn.TransformerEncoderLayer(width, 2, 10, dropout=0, batch_first=True, norm_first=True) for _ in range(layers)
        )
        self.norm = nn.LayerNorm(width)

    def forward(self):
        places = torch.arange(time)[:, None] / 10_000 ** (torch.arange(0, width, 2) / width)
        x = self.embed(ids) * math.sqrt(width) + torch.stack([places.sin(), places.cos()], 2).flatten(1)
        for layer in self.encoder:
            x = layer(x, src_key_padding_mask=~within)
        x = self.norm(x).masked_fill(~within[:, :, None], 0)
        return self.out(x.sum(1) / lengths[:, None])


models = {
    "GRU of both directions, last": Recurrent(nn.GRU, "last"),
    "GRU of both directions, max": Recurrent(nn.GRU, "max"),
    "GRU of both directions, two layers, mean": Recurrent(nn.GRU, "mean", layers=2),
    "LSTM of both directions, attention": Recurrent(nn.LSTM, "attention"),
    "LSTM of both directions, max": Recurrent(nn.LSTM, "max"),
    "deep pyramid CNN": DeepPyramid(),
    "transformer encoder": Transformer(),
}


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


golden = {"made_by": f"torch {torch.__version__}", "models": {}}
for name, model in models.items():
    parameters = dict(sorted(model.named_parameters()))
    with torch.no_grad():
        for place, (_, p) in enumerate(parameters.items()):
            at = torch.arange(p.numel(), dtype=torch.float64)
            p.copy_((torch.sin(12.9898 * (at + 1) + 78.233 * (place + 1)) / 2).float().view_as(p))
        model.embed.weight[0] = 0
    logits = model()
    nn.functional.cross_entropy(logits, targets).backward()
    golden["models"][name] = {
        "shapes": {key: list(p.shape) for key, p in parameters.items()},
        "logits": numbers(logits),
        "gradients": {key: numbers(p.grad) for key, p in parameters.items()},
    }
pathlib.Path(__file__).with_name("classifiers.json").write_text(json.dumps(golden) + "\n")
