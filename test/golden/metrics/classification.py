#!/usr/bin/env python3
"""Metrics of classifiers by scikit-learn and scipy on small inputs with ties, rare classes and weights: writes classification.json beside this file.

Weights and scores are multiples of 1/8, so that ties are ties and sums are exact. What scikit-learn leaves undefined is null."""
import importlib.metadata, json, math, pathlib, random, warnings
import numpy as np
from scipy import stats
from scipy.special import expit, softmax
from sklearn import metrics as sk

warnings.simplefilter("ignore")
draw = random.Random(11)
WEIGHTS = [0, 0.5, 1, 1, 1.25, 2]


def number(value):
    return None if value is None or math.isnan(value) else float(value)


def labels(names, size, right):
    truth = [draw.choice(names) for _ in range(size)]
    return truth, [t if draw.random() < right else draw.choice(names) for t in truth]


def of_labels(truth, predicted, labels=None, names=None, weights=None):
    seen = sorted(set(truth) | set(predicted))
    how = {"labels": labels, "sample_weight": weights, "zero_division": 0}
    scores = {}
    for average in ("micro", "macro", "weighted"):
        for name, score in (("precision", sk.precision_score), ("recall", sk.recall_score), ("f1", sk.f1_score)):
            scores[f"{name} {average}"] = float(score(truth, predicted, average=average, **how))
    if len(seen) == 2:
        for positive in seen:
            for name, score in (("precision", sk.precision_score), ("recall", sk.recall_score), ("f1", sk.f1_score)):
                scores[f"{name} of {positive}"] = float(score(truth, predicted, average="binary", pos_label=positive, sample_weight=weights, zero_division=0))
    kappa = {str(w).lower(): number(sk.cohen_kappa_score(truth, predicted, labels=labels, weights=w, sample_weight=weights)) for w in (None, "linear", "quadratic")}
    p, r, f, s = sk.precision_recall_fscore_support(truth, predicted, labels=labels, sample_weight=weights, zero_division=0)
    return {
        "truth": truth, "predicted": predicted, "labels": labels, "names": names, "weights": weights, "scores": scores,
        "accuracy": sk.accuracy_score(truth, predicted, sample_weight=weights), "kappa": kappa,
        "matthews": sk.matthews_corrcoef(truth, predicted, sample_weight=weights),
        "confusion": sk.confusion_matrix(truth, predicted, labels=labels, sample_weight=weights).tolist(),
        "classes": [list(map(float, row)) for row in zip(p, r, f, s)],
        "text": None if weights else sk.classification_report(truth, predicted, labels=labels, target_names=names, zero_division=0),
        "text of 4": None if weights else sk.classification_report(truth, predicted, labels=labels, target_names=names, zero_division=0, digits=4),
    }


def of_numbers(truth, predicted, size):
    """The same for folds over tensors, whose classes are numbers: kappa's distances are those of the numbers."""
    row = of_labels(truth, predicted)
    row["kappa"] = {str(w).lower(): number(sk.cohen_kappa_score(truth, predicted, labels=list(range(size)), weights=w)) for w in (None, "linear", "quadratic")}
    return {key: row[key] for key in ("truth", "predicted", "scores", "accuracy", "kappa", "matthews")}


def ece(truth, probabilities, bins, weights=None):
    """Guo et al. 2017: bins (from, to] of the predicted class's probability; scikit-learn has none."""
    probabilities, weights = np.asarray(probabilities), np.ones(len(truth)) if weights is None else np.asarray(weights)
    confidence, right = probabilities.max(1), probabilities.argmax(1) == np.asarray(truth)
    place = np.maximum(np.searchsorted(np.arange(bins + 1) / bins, confidence, side="left") - 1, 0)
    table = []
    for b in range(bins):
        w = weights * (place == b)
        table.append([float(w.sum()), float((w * confidence).sum() / w.sum()) if w.sum() else 0, float((w * right).sum() / w.sum()) if w.sum() else 0])
    return {"bins": table, "ece": float(sum(n * abs(a - c) for n, c, a in table) / weights.sum())}


def of_scores(truth, scores, positive, weights=None):
    """One score for each sample of two classes."""
    own = [int(t == positive) for t in truth]
    fpr, tpr, at = sk.roc_curve(own, scores, sample_weight=weights)
    every = sk.roc_curve(own, scores, sample_weight=weights, drop_intermediate=False)
    precision, recall, thresholds = sk.precision_recall_curve(own, scores, sample_weight=weights)
    return {
        "truth": truth, "scores": scores, "positive": positive, "weights": weights,
        "auc": sk.roc_auc_score(own, scores, sample_weight=weights), "precision": sk.average_precision_score(own, scores, sample_weight=weights),
        "roc": [fpr.tolist(), tpr.tolist(), at[1:].tolist()], "every": [each.tolist() for each in every[:2]],
        "curve": [precision.tolist(), recall.tolist(), thresholds.tolist()],
    }


def of_classes(truth, logits, weights=None):
    """Rows of logits of classes that exclude each other, all of which some sample has."""
    chances = softmax(np.array(logits, dtype=np.float64), axis=1)
    two = len(logits[0]) == 2
    ranked, classes = (chances[:, 1] if two else chances), list(range(len(logits[0])))
    area = lambda **how: number(sk.roc_auc_score(truth, ranked, **how))
    one = lambda average: {"multi_class": "ovr", "average": average, "sample_weight": weights}
    return {
        "truth": truth, "logits": logits, "probabilities": chances.tolist(), "weights": weights,
        "auc": {"one-vs-rest macro": area(**one("macro")), "one-vs-rest weighted": area(**one("weighted")),
                **({} if weights else {f"one-vs-one {average}": area(multi_class="ovo", average=average) for average in ("macro", "weighted")})},
        "precision": {average: float(sk.average_precision_score(truth, ranked, average=average, sample_weight=weights)) for average in ("macro", "weighted")},
        "log loss": sk.log_loss(truth, chances, labels=classes, sample_weight=weights),
        "brier": sk.brier_score_loss(truth, chances, labels=classes, sample_weight=weights),
        "calibration": {str(bins): ece(truth, chances, bins, weights) for bins in (1, 5, 15)},
    }


def of_sets(truth, logits, weights=None):
    """Any number of labels for each sample."""
    area = lambda average: number(sk.roc_auc_score(truth, logits, average=average, sample_weight=weights))
    precision = lambda average: number(sk.average_precision_score(truth, logits, average=average, sample_weight=weights))
    return {"truth": truth, "logits": logits, "weights": weights, "auc": {a: area(a) for a in ("macro", "weighted")}, "precision": {a: precision(a) for a in ("macro", "weighted")}}


def of_single(truth, logits):
    """One logit for each target of 0 or 1."""
    chances = expit(np.array(logits, dtype=np.float64))
    return {
        "truth": truth, "logits": logits, "probabilities": chances.tolist(), "auc": sk.roc_auc_score(truth, logits), "precision": sk.average_precision_score(truth, logits),
        "log loss": sk.log_loss(truth, chances, labels=[0, 1]), "brier": sk.brier_score_loss(truth, chances),
        "calibration": {str(bins): ece(truth, np.stack([1 - chances, chances], 1), bins) for bins in (1, 5, 15)},
    }


def of_models(both, first, second, neither):
    """McNemar's test by the numbers of samples of which both, one or none of two models is right."""
    n, fewer = first + second, min(first, second)
    chi = lambda off: max(abs(first - second) - off, 0) ** 2 / n if n else 0
    return {
        "table": [[both, first], [second, neither]], "exact": float(stats.binomtest(fewer, n, 0.5).pvalue) if n else 1.0,
        "corrected": [chi(1), float(stats.chi2.sf(chi(1), 1))], "plain": [chi(0), float(stats.chi2.sf(chi(0), 1))],
    }


def logits(truth, columns, right):
    return [[draw.randrange(-16, 17) / 8 + (right if c == t else 0) for c in range(columns)] for t in truth]


def tied(own, size):
    return [[max(-4, min(4, draw.randrange(-4, 5) + int(o))) / 8 for o in row] for row in own]


two = [draw.randrange(2) for _ in range(40)]
three, four = [draw.randrange(3) for _ in range(50)], [draw.choice([0, 0, 0, 1, 1, 2, 3]) for _ in range(70)]
sets = [[int(draw.random() < p) for p in (0.5, 0.2, 0.7)] for _ in range(40)]
some = lambda size: [draw.choice(WEIGHTS) for _ in range(size)]
TOPICS, ODD = ["体育", "财经", "sport"], ["", "constructor", "__proto__", "😀", "\uffee", "a"]

golden = {
    "labels": {
        "texts": of_labels(*labels(TOPICS, 50, 0.6), names=["business", "sports, a long name of a class", "体育😀"]),
        "odd texts": of_labels(*labels(ODD, 60, 0.5)),
        "two texts": of_labels(*labels(["ham", "spam"], 31, 0.7)),
        "numbers": of_labels(*labels([-1, 2, 10, 3], 60, 0.5)),
        "weights": of_labels(*labels([1, 2, 3], 40, 0.5), weights=some(40)),
        "small weights": of_labels(["a", "b", "b"], ["a", "a", "b"], weights=[0.125, 0.25, 0.125]),
        "never predicted": of_labels(["a", "b", "c", "a"], ["a", "a", "a", "b"]),
        "never true": of_labels([0, 0, 1, 1], [0, 3, 1, 3]),
        "one class": of_labels(["only"] * 5, ["only"] * 5),
        "one class, mistaken": of_labels(["only"] * 5, ["only", "other", "only", "other", "other"]),
        "labels that no sample has": of_labels([0, 1, 1, 3], [0, 1, 3, 3], labels=[3, 2, 1, 0, 7]),
        "labels left out": of_labels(*labels(["O", "PER", "LOC"], 40, 0.6), labels=["PER", "LOC"]),
        "middles of two digits": of_labels([0] * 8 + [1] * 8, [0] + [1] * 7 + [0] * 3 + [1] * 5),
    },
    "numbers": {
        "three classes": of_numbers(*labels([0, 1, 2], 50, 0.5), 3),
        "two classes": of_numbers(*labels([0, 1], 40, 0.6), 2),
        "a class between that is nowhere": of_numbers(*labels([0, 2, 5], 40, 0.5), 6),
        "one class": of_numbers([1, 1, 1], [1, 1, 1], 2),
        "never true": of_numbers([0, 0, 1, 1], [0, 3, 1, 3], 4),
    },
    "scores": {
        "ties": of_scores(two, [draw.randrange(8) / 8 for _ in two], 1),
        "no ties": of_scores(two, [draw.random() for _ in two], 1),
        "weights": of_scores(two, [draw.randrange(12) / 8 for _ in two], 1, some(40)),
        "all equal": of_scores([0, 1, 1], [0.5, 0.5, 0.5], 1),
        "the first class": of_scores(["ham", "spam", "ham", "spam", "ham"], [0.25, 0.75, 0.5, 0.5, 1.0], "ham"),
        "one of three": of_scores(["a", "b", "c", "b", "a"], [-2.0, 3.0, 2.0, 2.0, 0.0], "b"),
        "all wrong": of_scores([0, 0, 1, 1], [2.0, 3.0, 0.0, 1.0], 1),
        "all right": of_scores([0, 0, 1, 1], [0.0, 1.0, 2.0, 3.0], 1),
        "-0 and 0": of_scores([0, 1, 1, 0], [0.0, -0.0, 1.0, -1.0], 1),
    },
    "classes": {
        "three": of_classes(three, logits(three, 3, 1)),
        "four, rare ones": of_classes(four, logits(four, 4, 1)),
        "two": of_classes(two, logits(two, 2, 1)),
        "weights": of_classes(three, logits(three, 3, 0.5), some(50)),
        "ties": of_classes(three, [draw.choice([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 2.0, 0.0]]) for _ in three]),
    },
    "sets": {
        "three labels": of_sets(sets, tied(sets, 40)),
        "weights": of_sets(sets, tied(sets, 40), some(40)),
    },
    "single": {
        "one logit": of_single(two, [draw.randrange(-24, 25) / 8 + t for t in two]),
        "large logits": of_single([0, 1, 1, 0], [-30.0, 30.0, -20.0, 12.5]),
    },
    "models": {f"{table}": of_models(*table) for table in [(3, 1, 2, 4), (5, 0, 0, 1), (10, 7, 17, 3), (10, 8, 17, 3), (0, 12, 12, 0), (0, 13, 13, 0), (100, 30, 60, 9), (2, 0, 400, 1), (0, 700, 900, 0), (1, 24, 0, 1)]},
}
versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("scikit-learn", "scipy", "numpy"))
head = f'"what": "Metrics of classifiers, see classification.py", "made_by": "{versions}"'
parts = ",\n".join(f"{json.dumps(part)}: {{\n" + ",\n".join(f"{json.dumps(n)}: {json.dumps(c)}" for n, c in cases.items()) + "\n}" for part, cases in golden.items())
pathlib.Path(__file__).with_suffix(".json").write_text(f"{{{head},\n{parts}}}\n")
