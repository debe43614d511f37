#!/usr/bin/env python3
"""Trains a GRU translator with attention, as models/seq2seq.ts has it, over pairs of ids: translate.py PAIRS.jsonl WEIGHTS.safetensors OPTIONS.json. The weights get the names of ours;
the last line is JSON with seconds and the loss. Batches are of similar lengths, shuffled anew in each epoch."""
import json
import random
import sys
import time

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

pairs_path, weights_path, options_path = sys.argv[1:]
o = json.load(open(options_path))
torch.set_num_threads(o["threads"])
torch.manual_seed(o["seed"])
random.seed(o["seed"])
pairs = [json.loads(line) for line in open(pairs_path)]
IGNORED = -100


class Translator(nn.Module):
    def __init__(self, source, target, width, dropout):
        super().__init__()
        self.tgt, self.src = nn.Embedding(target, width), nn.Embedding(source, width)
        for table in (self.tgt, self.src):
            nn.init.normal_(table.weight, std=0.1)
        self.enc = nn.GRU(width, width // 2, bidirectional=True, batch_first=True)
        self.dec = nn.GRU(width, width, batch_first=True)
        self.mix = nn.Linear(2 * width, width)
        self.drop = nn.Dropout(dropout)

    def forward(self, source, lengths, target):
        packed = pack_padded_sequence(self.drop(self.src(source)), lengths, batch_first=True, enforce_sorted=False)
        memory, state = self.enc(packed)
        memory = pad_packed_sequence(memory, batch_first=True)[0]
        outputs, _ = self.dec(self.drop(self.tgt(target)), torch.cat([state[0], state[1]], 1)[None])
        scores = outputs @ memory.transpose(1, 2) / memory.shape[-1] ** 0.5
        hidden = torch.arange(memory.shape[1])[None, None] >= lengths[:, None, None]
        seen = scores.masked_fill(hidden, -torch.inf).softmax(-1) @ memory
        return self.drop(torch.tanh(self.mix(torch.cat([outputs, seen], 2)))) @ self.tgt.weight.T


def rectangle(rows, filling):
    width = max(map(len, rows))
    return torch.tensor([row + [filling] * (width - len(row)) for row in rows])


def batches():
    order = list(range(len(pairs)))
    random.shuffle(order)
    size, found = o["batchSize"], []
    for at in range(0, len(order), 50 * size):
        pool = sorted(order[at : at + 50 * size], key=lambda i: (len(pairs[i]["target"]), len(pairs[i]["source"])))
        found += [pool[i : i + size] for i in range(0, len(pool), size)]
    random.shuffle(found)
    return found


model = Translator(o["source"], o["target"], o["width"], o["dropout"])
steps = o["epochs"] * -(-len(pairs) // o["batchSize"])
optimizer = torch.optim.Adam(model.parameters(), lr=o["rate"])
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, o["rate"], total_steps=steps + 1, pct_start=0.1, cycle_momentum=False)
began, loss = time.time(), None
for epoch in range(o["epochs"]):
    for batch in batches():
        source, target = [[pairs[i][side] for i in batch] for side in ("source", "target")]
        lengths = torch.tensor([len(row) for row in source])
        read = rectangle([[o["start"], *row] for row in target], 0)
        said = rectangle([[*row, o["end"]] for row in target], IGNORED)
        logits = model(rectangle(source, 0), lengths, read)
        loss = cross_entropy(logits.flatten(0, 1), said.flatten(), ignore_index=IGNORED, label_smoothing=o["smoothing"])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    print(json.dumps({"epoch": epoch + 1, "loss": loss.item(), "seconds": round(time.time() - began)}), flush=True)
save_file({name: weight.contiguous() for name, weight in model.state_dict().items()}, weights_path)
print(json.dumps({"peer": f"PyTorch {torch.__version__}", "seconds": time.time() - began, "loss": loss.item()}))
