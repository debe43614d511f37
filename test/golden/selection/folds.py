"""Writes folds.json: folds, splits and cross-validated scores by scikit-learn, for our own texts. Run: $PEERS_PYTHON test/golden/selection/folds.py"""
import json
import pathlib

import numpy
import sklearn
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold, cross_val_predict, cross_val_score, train_test_split
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import make_pipeline

texts = """sea the ferry left the harbour before the storm
sea waves broke over the harbour wall at night
food bread and cheese with a glass of wine
sea the crew of the ferry sang in the storm
sport the striker scored twice before the break
food the baker sold bread and warm rolls 🍞
sea a boat lay by the harbour wall
sport the crowd sang as the striker scored again
food 面包 and cheese at the market
sea the boat and the crew came back at night
food a glass of wine with warm bread
sea the storm took the sails of the boat
sport the keeper saved twice and the crowd sang
food the market sold cheese and wine
sea fishers sold the catch at the harbour
food the catch of the day with bread
sport a keeper left the pitch at the break
sea the ferry came back before night
food warm rolls and cheese before the market
sport the striker left with the crowd
sea sails and waves and the sea 🌊
food the baker came at night
sea constructor __proto__ of the boat
sport constructor of the pitch scored
sport the ferry crew sang in the stands at night
sea bread and wine on the boat
food the striker sold cheese to the crowd
sea the crowd sang at the harbour
food the ferry sold warm rolls and the crew came
sport a glass of wine and the storm before the break""".split("\n")
labels = [text.split()[0] for text in texts]
texts = [text.split(" ", 1)[1] for text in texts]

rng = numpy.random.RandomState(828)
many = [str(label) for label in rng.choice(["a", "b", "c", "é", "中"], size=203, p=[0.5, 0.25, 0.13, 0.07, 0.05])]
# Sizes that all differ, so that nothing depends on how ties are broken.
groups = [f"author {i}" for i, size in enumerate([3, 17, 5, 11, 2, 8, 1, 13]) for _ in range(size)]
groups = [groups[i] for i in rng.permutation(len(groups))]


def tests(splitter, y, groups=None):
    return [test.tolist() for _, test in splitter.split(numpy.zeros(len(y)), y, groups)]


def counts(rows):
    return {name: int(sum(many[row] == name for row in rows)) for name in sorted(set(many))}


def division(test, seed):
    train, held = train_test_split(numpy.arange(len(many)), test_size=test, random_state=seed, stratify=many)
    return {"test": test, "train": counts(train), "held": counts(held)}


model = make_pipeline(CountVectorizer(analyzer=str.split), NearestCentroid())
folds = StratifiedKFold(3)
scores = {"accuracy": "accuracy", "balancedAccuracy": "balanced_accuracy", "f1Macro": "f1_macro", "f1Micro": "f1_micro", "f1Weighted": "f1_weighted"}
golden = {
    "made_by": f"scikit-learn {sklearn.__version__}",
    "k_fold": [{"count": n, "folds": k, "tests": tests(KFold(k), numpy.zeros(n))} for n, k in [(10, 5), (11, 4), (7, 7), (2, 2)]],
    "labels": many,
    "stratified": [{"folds": k, "tests": tests(StratifiedKFold(k), many)} for k in [2, 3, 5, 7]],
    "shuffled": [{"folds": k, "counts": [counts(rows) for rows in tests(StratifiedKFold(k, shuffle=True, random_state=1), many)]} for k in [3, 4, 6]],
    "groups": groups,
    "grouped": [{"folds": k, "tests": tests(GroupKFold(k), groups, groups)} for k in [2, 3, 5, 8]],
    "sizes": [{"count": n, "test": t, "held": len(train_test_split(numpy.arange(n), test_size=t)[1])} for n, t in [(10, 0.3), (103, 0.2), (102, 0.2), (2, 0.5), (7, 0.1), (100, 0.07), (9, 4)]],
    "divided": [division(test, 828) for test in [0.3, 0.2, 0.1, 50]],
    "docs": [{"text": text, "label": label} for text, label in zip(texts, labels)],
    "scores": {ours: cross_val_score(model, texts, labels, cv=folds, scoring=theirs).tolist() for ours, theirs in scores.items()},
    "predictions": cross_val_predict(model, texts, labels, cv=folds).tolist(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")
