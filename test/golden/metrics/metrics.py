#!/usr/bin/env python3
"""Scores by scikit-learn (classes), seqeval (spans) and sacreBLEU (translations) on small inputs: writes metrics.json beside this file."""
import importlib.metadata, json, pathlib, random
from sacrebleu.metrics import BLEU
from seqeval.metrics import f1_score as span_f1
from sklearn.metrics import accuracy_score, f1_score

draw = random.Random(7)


def classes(count, size, right):
    truth = [draw.randrange(count) for _ in range(size)]
    return truth, [t if draw.random() < right else draw.randrange(count) for t in truth]


def of_classes(truth, predicted, ignore=None):
    kept = [(t, p) for t, p in zip(truth, predicted) if t != ignore]
    t, p = [t for t, _ in kept], [p for _, p in kept]
    scores = {average: f1_score(t, p, average=average, zero_division=0) for average in ("micro", "macro", "weighted")}
    if set(t + p) <= {0, 1}:
        scores["binary"] = f1_score(t, p, average="binary", zero_division=0)
        scores["binary of 0"] = f1_score(t, p, average="binary", pos_label=0, zero_division=0)
    scores["accuracy"] = accuracy_score(t, p)
    return {"targets": truth, "predicted": predicted, "ignore": ignore, "scores": scores}


def tagged(tags, lengths, right):
    truth = [[draw.choice(tags) for _ in range(length)] for length in lengths]
    predicted = [[t if draw.random() < right else draw.choice(tags) for t in text] for text in truth]
    return truth, predicted


def of_spans(tags, truth, predicted):
    scores = {average: float(span_f1(truth, predicted, average=average, zero_division=0)) for average in ("micro", "macro", "weighted")}
    numbers = lambda texts: [[tags.index(tag) for tag in text] for text in texts]
    return {"tags": tags, "targets": numbers(truth), "predicted": numbers(predicted), "scores": scores}


def of_texts(pairs, order=4):
    bleu = BLEU(tokenize="none", smooth_method="none", max_ngram_order=order, force=True)
    references = list(zip(*[references for _, references in pairs]))
    score = bleu.corpus_score([hypothesis for hypothesis, _ in pairs], [list(stream) for stream in references])
    return {
        "order": order,
        "texts": [{"hypothesis": h.split(), "references": [r.split() for r in refs]} for h, refs in pairs],
        "counts": score.counts, "totals": score.totals, "hypothesis": score.sys_len, "reference": score.ref_len, "score": score.score,
    }


BIO = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
BIOES = ["O"] + [f"{part}-{kind}" for kind in ("PER", "LOC") for part in "BIES"]
PARTS = ["O", "B", "I"]
RIGHT = "the small dog ran over the wet grass and stopped"
PAIRS = [
    ("the small dog ran over the grass", ["the little dog ran over the grass", "the small dog ran across the wet grass"]),
    ("it it it rained on the the hill", ["it rained on the hill all day", "on the hill it rained"]),
    ("we saw the lights of the town below us", ["we saw the lights of the town beneath us", "below us we saw the town and its lights"]),
]

golden = {
    "classes": {
        "three classes": of_classes(*classes(3, 60, 0.5)),
        "some ignored": of_classes(*classes(4, 60, 0.6), ignore=0),
        "two classes": of_classes(*classes(2, 40, 0.6)),
        "a class that is never true": of_classes([0, 0, 1, 1], [0, 3, 1, 3]),
        "all wrong": of_classes([0, 1, 1], [1, 0, 0]),
    },
    "spans": {
        "BIO": of_spans(BIO, *tagged(BIO, [7, 3, 9, 1, 12, 8], 0.7)),
        "BIOES": of_spans(BIOES, *tagged(BIOES, [9, 4, 12, 1, 15, 10], 0.7)),
        "one type without a name": of_spans(PARTS, *tagged(PARTS, [7, 3, 9, 12], 0.7)),
        "I after O and after another type": of_spans(BIO, [["O", "I-PER", "I-LOC", "B-LOC", "I-LOC"]], [["O", "B-PER", "I-LOC", "B-LOC", "I-LOC"]]),
        "none found": of_spans(BIO, [["O", "B-PER", "I-PER"]], [["O", "O", "O"]]),
    },
    "texts": {
        "two references": of_texts(PAIRS),
        "two references, pairs": of_texts(PAIRS, order=2),
        "the shorter of two that are as near": of_texts([(RIGHT, [RIGHT + " at", RIGHT.rsplit(" ", 1)[0]])]),
        "too short": of_texts([("we saw the lights of the town", ["we saw the lights of the town beneath us"])]),
        "equal": of_texts([(RIGHT, [RIGHT])]),
        "no sequence of four is right": of_texts([("the dog ran home", ["the dog ran off"])]),
        "shorter than four": of_texts([("the dog", ["the dog"])]),
        "an empty text among others": of_texts(PAIRS + [("", ["a cat", "no cat"])]),
        "nothing": of_texts([("", ["a cat"])]),
    },
}
versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("scikit-learn", "seqeval", "sacrebleu"))
head = f'"what": "Scores, see metrics.py", "made_by": "{versions}"'
parts = ",\n".join(f"{json.dumps(part)}: {{\n" + ",\n".join(f"{json.dumps(n)}: {json.dumps(c)}" for n, c in cases.items()) + "\n}" for part, cases in golden.items())
pathlib.Path(__file__).with_suffix(".json").write_text(f"{{{head},\n{parts}}}\n")
