"""Writes schedules.json: rates of PyTorch's schedulers (and of transformers') at each step, divided by the first rate. Run: $PEERS_PYTHON test/golden/optim/schedules.py"""
import json
import math
import pathlib

import torch
import transformers
from torch.optim import lr_scheduler as s

RATE = 0.5


def optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)


def factors(make, steps):
    o = optimizer()
    scheduler = make(o)
    history = []
    for _ in range(steps):
        history.append(o.param_groups[0]["lr"] / RATE)
        o.step()
        scheduler.step()
    return history


def plateau(results, **options):
    o = optimizer()
    scheduler = s.ReduceLROnPlateau(o, **options)
    history = [1.0]
    for result in results:
        scheduler.step(result)
        history.append(o.param_groups[0]["lr"] / RATE)
    return history


cases = []


def case(name, options, make, steps=24):
    cases.append({"schedule": name, "options": options, "factors": [float(f"{x:.12g}") for x in factors(make, steps)]})


case("constant", {"factor": 1}, lambda o: s.LambdaLR(o, lambda t: 1))
case("step", {"every": 5, "gamma": 0.9}, lambda o: s.StepLR(o, 5, gamma=0.9))
case("multiStep", {"milestones": [2, 9, 9, 15], "gamma": 0.3}, lambda o: s.MultiStepLR(o, [2, 9, 9, 15], gamma=0.3))
case("multiStep", {"milestones": [20, 50, 80]}, lambda o: s.MultiStepLR(o, [20, 50, 80]), 100)
case("exponential", {"gamma": 0.93}, lambda o: s.ExponentialLR(o, 0.93))
case("cosine", {"length": 23}, lambda o: s.CosineAnnealingLR(o, 23))
case("cosine", {"length": 23, "least": 0.2}, lambda o: s.CosineAnnealingLR(o, 23, eta_min=0.2 * RATE))
case("cosineRestarts", {"length": 5, "least": 0.1}, lambda o: s.CosineAnnealingWarmRestarts(o, 5, eta_min=0.1 * RATE))
case("cosineRestarts", {"length": 3, "growth": 2}, lambda o: s.CosineAnnealingWarmRestarts(o, 3, T_mult=2), 50)
case("linear", {"start": 0.25, "end": 1, "length": 7}, lambda o: s.LinearLR(o, 0.25, 1.0, 7))
case("linear", {"start": 1, "end": 0.1, "length": 30}, lambda o: s.LinearLR(o, 1.0, 0.1, 30))
case("warmup", {"warmup": 6, "length": 20}, lambda o: transformers.get_linear_schedule_with_warmup(o, 6, 20))
case("warmup", {"warmup": 0, "length": 20}, lambda o: transformers.get_linear_schedule_with_warmup(o, 0, 20))
case("warmup", {"warmup": 6, "length": 23, "decay": "cosine"}, lambda o: transformers.get_cosine_schedule_with_warmup(o, 6, 23))
case("warmup", {"warmup": 6, "length": 23, "decay": "none"}, lambda o: transformers.get_constant_schedule_with_warmup(o, 6))
case("inverseSquareRoot", {"warmup": 6}, lambda o: transformers.get_inverse_sqrt_schedule(o, 6), 40)
case("inverseSquareRoot", {"warmup": 4, "timescale": 9}, lambda o: transformers.get_inverse_sqrt_schedule(o, 4, timescale=9))
for options, theirs in [
    ({}, {}),
    ({"start": 0.25, "anneal": "linear"}, {"pct_start": 0.25, "anneal_strategy": "linear"}),
    ({"div": 10, "finalDiv": 100, "threePhase": True}, {"div_factor": 10, "final_div_factor": 100, "three_phase": True}),
]:
    def make(o):
        return s.OneCycleLR(o, max_lr=RATE, total_steps=24, cycle_momentum=False, **theirs)
    cases.append({"schedule": "oneCycle", "options": {"length": 24, **options}, "factors": factors(make, 24)})
parts = [{"schedule": "linear", "options": {"start": 0.5, "end": 1, "length": 4}}, {"schedule": "exponential", "options": {"gamma": 0.8}}, {"schedule": "constant", "options": {"factor": 0.1}}]
case(
    "sequential",
    {"schedules": parts, "milestones": [4, 12]},
    lambda o: s.SequentialLR(o, [s.LinearLR(o, 0.5, 1.0, 4), s.ExponentialLR(o, 0.8), s.ConstantLR(o, 0.1, 100)], [4, 12]),
)

# Falls, stays, gets better by a little, gets worse.
losses = [round(2 * math.exp(-t / 6) + 0.3 * math.sin(t) ** 2 - (0.5 if t > 40 else 0), 6) for t in range(60)]
plateaus = []
for options, theirs in [
    ({"patience": 5}, {"patience": 5}),
    ({"patience": 2, "factor": 0.5, "cooldown": 3, "least": 0.02}, {"patience": 2, "factor": 0.5, "cooldown": 3, "min_lr": 0.02 * RATE}),
    ({"patience": 0, "factor": 0.7, "threshold": 0.05, "thresholdMode": "abs", "cooldown": 1}, {"patience": 0, "factor": 0.7, "threshold": 0.05, "threshold_mode": "abs", "cooldown": 1}),
    ({"patience": 3, "factor": 0.2, "mode": "max", "threshold": 0.1}, {"patience": 3, "factor": 0.2, "mode": "max", "threshold": 0.1}),
]:
    plateaus.append({"schedule": "plateau", "options": options, "factors": plateau(losses, eps=0, **theirs)})

golden = {
    "what": "learning-rate schedules, see schedules.py",
    "made_by": f"torch {torch.__version__}, transformers {transformers.__version__}",
    "cases": cases,
    "losses": losses,
    "plateaus": plateaus,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
