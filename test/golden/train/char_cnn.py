"""Writes char_cnn.json: loss, gradients and Adam steps of a small character CNN by PyTorch. Run: $PEERS_PYTHON test/golden/train/char_cnn.py

The model is that of Zhang, Zhao and LeCun 2015 with small sizes. Texts are filled with id 0, whose windows are equal: pools with ties."""
import json
import pathlib

import torch

vocabulary, length, filters, hidden, classes = 7, 29, 4, (6, 5), 3
convolutions = ((3, 2), (3, 3), (2, 1), (2, 1))
rate, steps_kept = 0.01, (1, 5, 20)
torch.manual_seed(12)
torch.set_num_threads(1)


class CharCnn(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = torch.nn.Embedding.from_pretrained(torch.eye(vocabulary))
        layers, channels, steps = [], vocabulary, length
        for kernel, pool in convolutions:
            layers += [torch.nn.Conv1d(channels, filters, kernel), torch.nn.ReLU()] + ([torch.nn.MaxPool1d(pool)] if pool > 1 else [])
            channels, steps = filters, (steps - kernel + 1) // pool
        self.convs = torch.nn.Sequential(*layers)
        # Places are those of the layers with dropout, which is a mask here.
        sizes = (steps * filters, *hidden, classes)
        self.head = torch.nn.ModuleDict({str(3 * i): torch.nn.Linear(*sizes[i : i + 2]) for i in range(len(sizes) - 1)})

    def forward(self, ids, masks):
        x = self.convs(self.embed(ids).transpose(1, 2)).flatten(1)
        *inner, last = self.head.values()
        for linear, mask in zip(inner, masks):
            x = torch.relu(linear(x)) * mask
        return last(x)


generator = torch.Generator().manual_seed(6)
texts = [torch.randint(1, vocabulary, (n,), generator=generator) for n in (29, 12, 3, 20, 25)]
ids = torch.nn.utils.rnn.pad_sequence(texts, batch_first=True)
targets = torch.tensor([2, 0, 1, 1, 2])
# Dropout of one half, scaled: drawn once and kept for all steps.
masks = [(torch.rand(len(texts), size, generator=generator) < 0.5).float() * 2 for size in hidden]


def numbers(tensor):
    # Nine digits tell every float32.
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


def named(model, what):
    return {name: numbers(what(p)) for name, p in model.named_parameters() if p.requires_grad}


model = CharCnn()
# Twice PyTorch's first weights: so small a network would have gradients near 0 otherwise.
with torch.no_grad():
    for p in model.parameters():
        if p.requires_grad:
            p *= 2
golden = {
    "what": "A small character CNN trained by PyTorch, see char_cnn.py",
    "made_by": f"torch {torch.__version__}",
    "sizes": {"vocabulary": vocabulary, "length": length, "filters": filters, "convolutions": [{"kernel": kernel, "pool": pool} for kernel, pool in convolutions], "hidden": hidden, "classes": classes, "rate": rate},
    "shapes": {name: list(p.shape) for name, p in model.named_parameters()},
    "weights": {name: numbers(p) for name, p in model.named_parameters()},
    "batch": {"ids": ids.tolist(), "lengths": [len(text) for text in texts], "targets": targets.tolist(), "masks": [numbers(m) for m in masks]},
}
optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=rate)
losses, after = [], {}
for step in range(1, max(steps_kept) + 1):
    optimizer.zero_grad()
    logits = model(ids, masks)
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
    golden["predicted"] = numbers(model(ids, [1, 1]))
golden["losses"] = losses
golden["after"] = after
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
