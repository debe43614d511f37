"""Writes optimizers.json: 20 steps of PyTorch's optimizers, and of what goes around them. Run: $PEERS_PYTHON test/golden/optim/optimizers.py

Four parameters of different shapes. Element i of parameter j begins as cos(i + 2 j); its gradient at step t (from 1) is
sin(1 + 3 i + 2 t + 5 j) · 10^((i + j) mod 4 − 2): it changes sign and spans four orders of magnitude; element 0 of parameter 0 has gradient 0 throughout.
The rate of step t is the case's rate · (1 + t mod 3)/2. Tables are `weight`; step t touches the rows r with (r + t) mod 3 ≠ 0, and only those have gradients.
"""
import json
import math
import pathlib

import torch

steps = 20
kept = (1, 2, 3, 5, 10, 20)
shapes = {"embed.weight": [6, 2], "linear.weight": [2, 3], "linear.bias": [3], "norm.weight": []}
names = list(shapes)


def start(name):
    j = names.index(name)
    return torch.tensor([math.cos(i + 2 * j) for i in range(math.prod(shapes[name]))]).reshape(shapes[name])


def gradient(name, t):
    j = names.index(name)
    size = math.prod(shapes[name])
    values = [0.0 if i + j == 0 else math.sin(1 + 3 * i + 2 * t + 5 * j) * 10 ** ((i + j) % 4 - 2) for i in range(size)]
    return torch.tensor(values).reshape(shapes[name])


def rate_at(rate, t):
    return rate * (1 + t % 3) / 2


def numbers(tensor):
    return [float(f"{x:.8g}") for x in tensor.detach().flatten().tolist()]


def run(optimizer, named, rates, before=lambda named: None, after=lambda: None, read=None):
    """Parameters after the steps that are kept, each in one list."""
    history = {}
    for t in range(1, steps + 1):
        for group, rate in zip(optimizer.param_groups, rates):
            group["lr"] = rate_at(rate, t)
        for name, parameter in named.items():
            if parameter.requires_grad:
                parameter.grad = gradient(name, t)
        before(named)
        optimizer.step()
        after()
        if t in kept:
            history[t] = [x for p in (read() if read else named.values()) for x in numbers(p)]
    return history


def parameters():
    return {name: torch.nn.Parameter(start(name)) for name in names}


def plain(make, rate, **options):
    named = parameters()
    return run(make(named.values(), lr=rate, **options), named, [rate])


def sparse(make, rate, **options):
    table = torch.nn.Parameter(start("embed.weight"))
    optimizer = make([table], lr=rate, **options)
    history = {}
    for t in range(1, steps + 1):
        touched = [r for r in range(6) if (r + t) % 3 != 0]
        optimizer.param_groups[0]["lr"] = rate_at(rate, t)
        table.grad = torch.sparse_coo_tensor([touched], gradient("embed.weight", t)[touched], (6, 2))
        optimizer.step()
        if t in kept:
            history[t] = numbers(table)
    return history


o = torch.optim
cases = [
    # Ours, PyTorch's, the latter's options where they are named otherwise, and whether PyTorch has a sparse form.
    ("sgd", {"rate": 0.05}, o.SGD, {}, o.SGD),
    ("sgd", {"rate": 0.05, "weightDecay": 0.1}, o.SGD, {"weight_decay": 0.1}, None),
    ("sgd", {"rate": 0.02, "momentum": 0.9}, o.SGD, {"momentum": 0.9}, None),
    ("sgd", {"rate": 0.02, "momentum": 0.8, "dampening": 0.3, "weightDecay": 0.01}, o.SGD, {"momentum": 0.8, "dampening": 0.3, "weight_decay": 0.01}, None),
    ("sgd", {"rate": 0.02, "momentum": 0.9, "nesterov": True, "weightDecay": 0.01}, o.SGD, {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01}, None),
    ("adagrad", {"rate": 0.05}, o.Adagrad, {}, o.Adagrad),
    ("adagrad", {"rate": 0.05, "rateDecay": 0.1, "accumulator": 0.5, "epsilon": 1e-6}, o.Adagrad, {"lr_decay": 0.1, "initial_accumulator_value": 0.5, "eps": 1e-6}, o.Adagrad),
    ("adagrad", {"rate": 0.05, "weightDecay": 0.1}, o.Adagrad, {"weight_decay": 0.1}, None),
    ("rmsprop", {"rate": 0.01}, o.RMSprop, {}, None),
    ("rmsprop", {"rate": 0.01, "alpha": 0.9, "momentum": 0.5, "epsilon": 1e-6}, o.RMSprop, {"alpha": 0.9, "momentum": 0.5, "eps": 1e-6}, None),
    ("rmsprop", {"rate": 0.01, "alpha": 0.95, "centered": True, "epsilon": 1e-4}, o.RMSprop, {"alpha": 0.95, "centered": True, "eps": 1e-4}, None),
    ("rmsprop", {"rate": 0.01, "alpha": 0.9, "centered": True, "momentum": 0.9, "weightDecay": 0.01, "epsilon": 1e-3}, o.RMSprop, {"alpha": 0.9, "centered": True, "momentum": 0.9, "weight_decay": 0.01, "eps": 1e-3}, None),
    ("adam", {"rate": 0.01}, o.Adam, {}, o.SparseAdam),
    ("adam", {"rate": 0.02, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-10}, o.Adam, {"betas": (0.8, 0.95), "eps": 1e-10}, o.SparseAdam),
    ("adamw", {"rate": 0.01}, o.AdamW, {}, None),
    ("adamw", {"rate": 0.02, "beta1": 0.8, "beta2": 0.95, "weightDecay": 0.3}, o.AdamW, {"betas": (0.8, 0.95), "weight_decay": 0.3}, None),
]
optimizers = []
for name, options, make, theirs, lazy in cases:
    case = {"optimizer": name, "options": options, "after": plain(make, options["rate"], **theirs)}
    if lazy:
        case["sparse"] = sparse(lazy, options["rate"], **theirs)
    optimizers.append(case)


def decaying(named, without):
    return [{"params": [p for n, p in named.items() if n not in without]}, {"params": [p for n, p in named.items() if n in without], "weight_decay": 0.0}]


transforms = []


def transformed(optimizer, chain, after):
    transforms.append({"spec": {**optimizer, "transforms": [{"transform": n, "options": v} for n, v in chain]}, "after": after})


sgd = {"optimizer": "sgd", "options": {"rate": 0.05}}
adam = {"optimizer": "adam", "options": {"rate": 0.02}}

named = parameters()
clip = lambda value: lambda named: torch.nn.utils.clip_grad_value_(named.values(), value)
transformed(sgd, [("clipByValue", {"value": 0.3})], run(o.SGD(named.values(), lr=1), named, [0.05], before=clip(0.3)))

for norm in (1.5, 1e4):
    named = parameters()
    clip = lambda named: torch.nn.utils.clip_grad_norm_(named.values(), norm)
    transformed(sgd, [("clipByNorm", {"norm": norm})], run(o.SGD(named.values(), lr=1), named, [0.05], before=clip))

named = parameters()
def l1(named):
    for name, p in named.items():
        if name not in ("linear.bias", "norm.weight"):
            p.grad += 0.2 * p.detach().sign()
transformed(sgd, [("l1", {"penalty": 0.2})], run(o.SGD(named.values(), lr=1), named, [0.05], before=l1))

named = parameters()
transformed(adam, [("l2", {"penalty": 0.2, "except": None})], run(o.Adam(named.values(), weight_decay=0.2), named, [0.02]))

named = parameters()
groups = decaying(named, ("linear.bias", "norm.weight"))
transformed(adam, [("weightDecay", {"decay": 0.3})], run(o.AdamW(groups, weight_decay=0.3), named, [0.02, 0.02]))

# Groups, then clipping of what is not frozen, then AdamW.
named = parameters()
named["linear.weight"].requires_grad_(False)
groups = [
    {"params": [named["embed.weight"]]},
    {"params": [named["linear.bias"]], "weight_decay": 0.0},
    {"params": [named["norm.weight"]]},
]
rules = [{"match": "^embed", "rate": 0.1}, {"match": "bias$", "rate": 2, "decay": False}, {"match": "linear", "frozen": True}]
clip = lambda named: torch.nn.utils.clip_grad_norm_([p for p in named.values() if p.requires_grad], 2.0)
transformed(
    {"optimizer": "adamw", "options": {"rate": 0.02, "weightDecay": 0.3}},
    [("groups", {"rules": rules}), ("clipByNorm", {"norm": 2})],
    run(o.AdamW(groups, weight_decay=0.3), named, [0.002, 0.04, 0.02], before=clip),
)

# The average of the weights, which the case holds in place of the weights.
module = torch.nn.ParameterDict({name.replace(".", "_"): p for name, p in parameters().items()})
named = dict(zip(names, (module[name.replace(".", "_")] for name in names)))
ema = torch.optim.swa_utils.AveragedModel(module, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.9))
average = run(
    o.SGD(named.values(), lr=1), named, [0.05], after=lambda: ema.update_parameters(module), read=lambda: [ema.module[name.replace(".", "_")] for name in names]
)
transformed(sgd, [("averaged", {"decay": 0.9})], average)
transforms[-1]["average"] = True

golden = {
    "what": "optimizers of PyTorch, see optimizers.py",
    "made_by": f"torch {torch.__version__}",
    "shapes": shapes,
    "optimizers": optimizers,
    "transforms": transforms,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
