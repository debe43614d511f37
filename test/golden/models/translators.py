"""Writes translators.json: logits, attention, loss and gradients of models from one sequence to another by PyTorch, and losses of steps of Adam.
Run: $PEERS_PYTHON test/golden/models/translators.py

Weights and ids follow formulas, which test/models/translators.golden.test.ts has, too: element i of the parameter at place p of the names in order
is sin(12.9898 (i + 1) + 78.233 (p + 1)) / 2, and 1 more where it is a factor of a norm, else gradients would vanish below norms; token t of source n
has the id 1 + (7 n + 5 t) mod 9, token t of target n the id 3 + (5 n + 3 t) mod 8. A target is read behind a 1 and said with a 2 at its end. Behind
the ends is 0, whose vector is no zero here: were it looked at, it would be seen."""
import json
import math
import pathlib

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

width, source_words, target_words = 8, 10, 11
source_lengths, target_lengths = [5, 1, 7, 3], [3, 6, 1, 4]
sources = [torch.tensor([1 + (7 * n + 5 * t) % 9 for t in range(length)]) for n, length in enumerate(source_lengths)]
said = [[3 + (5 * n + 3 * t) % 8 for t in range(length)] for n, length in enumerate(target_lengths)]
source, lengths = pad_sequence(sources, batch_first=True), torch.tensor(source_lengths)
target = pad_sequence([torch.tensor([1, *words]) for words in said], batch_first=True)
targets = pad_sequence([torch.tensor([*words, 2]) for words in said], batch_first=True)
within = torch.arange(source.shape[1]) < lengths[:, None]
torch.set_num_threads(1)


class Translator(nn.Module):
    def __init__(self, tied, smoothing):
        super().__init__()
        self.smoothing = smoothing
        self.tgt = nn.Embedding(target_words, width)
        self.src = self.tgt if tied == "all" else nn.Embedding(source_words, width)
        if tied == "none":
            self.out = nn.Linear(width, target_words)

    def say(self, x):
        return self.out(x) if hasattr(self, "out") else F.linear(x, self.tgt.weight)

    def loss(self, logits):
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), label_smoothing=self.smoothing, ignore_index=0)


class Additive(nn.Module):
    """Bahdanau et al. 2015; the names are those of Dive into Deep Learning."""

    def __init__(self):
        super().__init__()
        self.W_q = nn.Linear(width, width, bias=False)
        self.W_k = nn.Linear(width, width, bias=False)
        self.w_v = nn.Linear(width, 1, bias=False)

    def forward(self, query, memory):
        return self.w_v(torch.tanh(self.W_q(query)[:, None] + self.W_k(memory))).squeeze(2)


def shares(scores, mask):
    return scores.masked_fill(~mask, -torch.inf).softmax(-1)


class Recurrent(Translator):
    def __init__(self, cell, attention, context="once", layers=1, bidirectional=False, tied="none", smoothing=0.0):
        super().__init__(tied, smoothing)
        self.attention, self.context, self.layers = attention, context, layers
        self.enc = cell(width, width // 2 if bidirectional else width, layers, bidirectional=bidirectional, batch_first=True)
        self.dec = cell(2 * width if attention == "additive" or context == "each" else width, width, layers, batch_first=True)
        if attention == "additive":
            self.align = Additive()
        if attention == "general":
            self.form = nn.Linear(width, width, bias=False)
        if attention in ("scaled", "general"):
            self.mix = nn.Linear(2 * width, width)

    def joined(self, state):
        """The last states of both directions side by side: [layers, batch, width]."""
        if isinstance(state, tuple):
            return tuple(self.joined(one) for one in state)
        return state.view(self.layers, -1, *state.shape[1:]).transpose(1, 2).flatten(2).contiguous()

    def forward(self):
        packed, state = self.enc(pack_padded_sequence(self.src(source), lengths, batch_first=True, enforce_sorted=False))
        memory, _ = pad_packed_sequence(packed, batch_first=True)
        state = self.joined(state)
        x = self.tgt(target)
        if self.attention == "additive":
            return self.aligned(x, memory, state)
        if self.context == "each":
            x = torch.cat([x, state[-1][:, None].expand_as(x)], 2)
        outputs, _ = self.dec(x, state)
        if self.attention == "none":
            return self.say(outputs), None
        # Luong et al. 2015, but for the divisor, which is Vaswani's.
        queries = self.form(outputs) if self.attention == "general" else outputs
        weights = shares(queries @ memory.mT / math.sqrt(width), within[:, None])
        return self.say(torch.tanh(self.mix(torch.cat([outputs, weights @ memory], 2)))), weights

    def aligned(self, x, memory, state):
        """Each step reads where the topmost state before it looks."""
        steps = []
        for token in x.unbind(1):
            weights = shares(self.align(state[-1], memory), within)
            seen = (weights[:, None] @ memory).squeeze(1)
            output, state = self.dec(torch.cat([token, seen], 1)[:, None], state)
            steps.append((output.squeeze(1), weights))
        outputs, weights = (torch.stack(one, 1) for one in zip(*steps))
        return self.say(outputs), weights


class Looking(nn.MultiheadAttention):
    """Keeps where it looked, the mean of its heads, which blocks do not ask for."""

    def forward(self, *given, need_weights, **more):
        output, self.shares = super().forward(*given, need_weights=True, **more)
        return output, None


class Transformer(Translator):
    def __init__(self, norm_first, layers, tied, smoothing=0.0, heads=2, hidden=12):
        super().__init__(tied, smoothing)
        sizes = {"dropout": 0, "batch_first": True, "norm_first": norm_first}
        above, last = (nn.LayerNorm(width) if norm_first else None for _ in range(2))
        encoder, decoder = (one(width, heads, hidden, **sizes) for one in (nn.TransformerEncoderLayer, nn.TransformerDecoderLayer))
        self.encoder = nn.TransformerEncoder(encoder, layers, above, enable_nested_tensor=False)
        self.decoder = nn.TransformerDecoder(decoder, layers, last)
        self.decoder.layers[-1].multihead_attn = Looking(width, heads, batch_first=True)

    def forward(self):
        memory = self.encoder(begun(self.src(source)), src_key_padding_mask=~within)
        causal = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).triu(1)
        x = self.decoder(begun(self.tgt(target)), memory, tgt_mask=causal, memory_key_padding_mask=~within)
        return self.say(x), self.decoder.layers[-1].multihead_attn.shares


def begun(x):
    """Vaswani et al. 2017, 3.4 and 3.5."""
    angles = torch.arange(x.shape[1])[:, None] / 10_000 ** (torch.arange(0, width, 2) / width)
    return x * math.sqrt(width) + torch.stack([angles.sin(), angles.cos()], 2).flatten(1)


models = {
    "GRU, scaled attention, both directions": Recurrent(nn.GRU, "scaled", bidirectional=True),
    "GRU, attention by a form, one table of the target, smoothing": Recurrent(nn.GRU, "general", tied="target", smoothing=0.1),
    "GRU, additive attention, both directions": Recurrent(nn.GRU, "additive", bidirectional=True),
    "LSTM, two layers, scaled attention": Recurrent(nn.LSTM, "scaled", layers=2),
    "RNN, context once": Recurrent(nn.RNN, "none"),
    "GRU, context at each step": Recurrent(nn.GRU, "none", context="each"),
    "transformer, norm before, one table, smoothing": Transformer(norm_first=True, layers=1, tied="all", smoothing=0.1),
    "transformer, norm after, two layers, one table of the target": Transformer(norm_first=False, layers=2, tied="target"),
}
trained = ["GRU, additive attention, both directions", "transformer, norm before, one table, smoothing"]


def begin(parameters):
    with torch.no_grad():
        for place, (name, p) in enumerate(parameters.items()):
            at = torch.arange(p.numel(), dtype=torch.float64)
            around = 1 if "norm" in name and name.endswith("weight") else 0
            p.copy_((around + torch.sin(12.9898 * (at + 1) + 78.233 * (place + 1)) / 2).float().view_as(p))


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


golden = {"made_by": f"torch {torch.__version__}", "models": {}}
for name, model in models.items():
    parameters = dict(sorted(model.named_parameters()))
    begin(parameters)
    logits, attention = model()
    loss = model.loss(logits)
    loss.backward()
    golden["models"][name] = {
        "shapes": {key: list(p.shape) for key, p in parameters.items()},
        "logits": numbers(logits),
        **({} if attention is None else {"attention": numbers(attention)}),
        "loss": numbers(loss)[0],
        "gradients": {key: numbers(p.grad) for key, p in parameters.items()},
    }
    if name in trained:
        optimizer, losses = torch.optim.Adam(model.parameters(), lr=1e-2), []
        for _ in range(5):
            optimizer.zero_grad()
            loss = model.loss(model()[0])
            loss.backward()
            optimizer.step()
            losses.append(numbers(loss)[0])
        golden["models"][name]["losses"] = losses
pathlib.Path(__file__).with_name("translators.json").write_text(json.dumps(golden) + "\n")
