"""Writes word_cnn.json: loss, gradients and Adam steps of the word CNN by PyTorch, for our own ids. Run: $PEERS_PYTHON test/golden/train/word_cnn.py

The model has our semantics: windows beyond a text's end do not count, a text shorter than a window counts once, filled with zeros.
Ids 0 are padding, and lengths differ: one text is shorter than every window, one shorter than some, one as long as the batch.
"""
import json
import pathlib

import torch

vocabulary, width, filters, kernels, classes = 30, 6, 4, (3, 4, 5), 3
rate, steps_kept = 0.01, (1, 5, 20)
torch.manual_seed(11)
torch.set_num_threads(1)


class WordCnn(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = torch.nn.Embedding(vocabulary, width, padding_idx=0)
        self.convs = torch.nn.ModuleList(torch.nn.Conv1d(width, filters, w) for w in kernels)
        self.out = torch.nn.Linear(filters * len(kernels), classes)

    def forward(self, ids, lengths, mask):
        x = self.embed(ids).transpose(1, 2)
        pooled = []
        for w, conv in zip(kernels, self.convs):
            y = conv(x)  # [batch, filters, time - w + 1]
            starts = (lengths - w + 1).clamp(min=1)
            beyond = torch.arange(y.shape[2])[None, :] >= starts[:, None]
            pooled.append(torch.relu(y.masked_fill(beyond[:, None, :], -1e30).max(2).values))
        return self.out(torch.cat(pooled, 1) * mask)


lengths = torch.tensor([9, 4, 2, 6, 5])
generator = torch.Generator().manual_seed(5)
ids = torch.zeros(5, 9, dtype=torch.long)
for row, length in enumerate(lengths):
    ids[row, :length] = torch.randint(1, vocabulary, (int(length),), generator=generator)
targets = torch.tensor([2, 0, 1, 1, 2])
# Dropout of one half, scaled: drawn once and kept for all steps.
mask = (torch.rand(5, filters * len(kernels), generator=generator) < 0.5).float() * 2


def numbers(tensor):
    # Nine digits tell every float32.
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


def named(model, what):
    return {name: numbers(what(p)) for name, p in model.named_parameters()}


model = WordCnn()
golden = {
    "what": "The word CNN trained by PyTorch, see word_cnn.py",
    "made_by": f"torch {torch.__version__}",
    "sizes": {"vocabulary": vocabulary, "width": width, "filters": filters, "kernels": kernels, "classes": classes, "rate": rate},
    "shapes": {name: list(p.shape) for name, p in model.named_parameters()},
    "weights": named(model, lambda p: p),
    "batch": {"ids": ids.tolist(), "lengths": lengths.tolist(), "targets": targets.tolist(), "mask": numbers(mask)},
}
optimizer = torch.optim.Adam(model.parameters(), lr=rate)
losses, after = [], {}
for step in range(1, max(steps_kept) + 1):
    optimizer.zero_grad()
    logits = model(ids, lengths, mask)
    loss = torch.nn.functional.cross_entropy(logits, targets)
    loss.backward()
    losses.append(float(f"{loss.item():.9g}"))
    if step == 1:
        golden["logits"] = numbers(logits)
        golden["gradients"] = named(model, lambda p: p.grad)
    optimizer.step()
    if step in steps_kept:
        after[step] = named(model, lambda p: p)
with torch.no_grad():
    golden["predicted"] = numbers(model(ids, lengths, torch.ones_like(mask)))
golden["losses"] = losses
golden["after"] = after
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
