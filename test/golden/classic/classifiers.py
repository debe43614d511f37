"""Writes classifiers.json: classifiers by scikit-learn over small random matrices. Run: $PEERS_PYTHON test/golden/classic/classifiers.py"""
import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn.calibration import CalibratedClassifierCV, _sigmoid_calibration, _TemperatureScaling
from sklearn.frozen import FrozenEstimator
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import LinearSVC

warnings.simplefilter("ignore")
seed, columns = 20, 24
random = np.random.default_rng(seed)


def rows(count, classes):
    """Counts of columns: each class has its own mean for each; some columns only one row has, one column none."""
    means = np.random.default_rng(classes).gamma(0.4, 1.2, (classes, columns))
    target = random.integers(0, classes, count) if classes < 3 else random.choice(classes, count, p=[0.5] + [0.5 / (classes - 1)] * (classes - 1))
    x = random.poisson(means[target]).astype(float)
    x[:, -1] = 0
    x[:, -5:-1] = 0
    for column in range(columns - 5, columns - 1):
        x[random.integers(count), column] = 2
    # Some labels are wrong, so that no classifier separates the classes.
    target = np.where(random.random(count) < 0.15, random.integers(0, classes, count), target)
    return x, target


def names(target):
    return [["alpha", "beta", "Gamma", "😀"][t] for t in target]


out = {"made_by": f"scikit-learn {sklearn.__version__}", "seed": seed, "columns": columns, "sets": []}
for classes in (2, 4):
    (x, t), (x2, t2), (x3, t3) = rows(50, classes), rows(40, classes), rows(15, classes)
    # Scaled rows, as TF-IDF has them; counts for naive Bayes.
    scaled = [m * random.uniform(0.5, 1.5, m.shape) for m in (x, x2, x3)]
    scaled = [m / np.maximum(np.linalg.norm(m, axis=1, keepdims=True), 1e-9) for m in scaled]
    # What JSON holds is what is fitted.
    scaled = [np.round(m, 12) for m in scaled]
    y, y2, y3 = (np.array(names(target)) for target in (t, t2, t3))
    one = {"counts": x.tolist(), "rows": scaled[0].tolist(), "labels": y.tolist(), "held": scaled[1].tolist(), "heldLabels": y2.tolist(), "heldCounts": x2.tolist(), "test": scaled[2].tolist(), "testCounts": x3.tolist()}

    def both(model):
        """Decision values of both classes, where there is one column for two."""
        d = model.decision_function(scaled[2])
        return (np.stack([-d, d], axis=1) if d.ndim == 1 else d).tolist()

    logistic = []
    for ours, theirs in [({}, {}), ({"c": 10, "classWeight": "balanced"}, {"C": 10, "class_weight": "balanced"}), ({"fitIntercept": False, "c": 0.3}, {"fit_intercept": False, "C": 0.3})]:
        m = LogisticRegression(solver="newton-cg", tol=1e-10, max_iter=10000, **theirs).fit(scaled[0], y)
        z = m.decision_function(scaled[0])
        w = np.ones(len(y)) if "class_weight" not in theirs else len(y) / (classes * np.bincount(np.unique(y, return_inverse=True)[1]))[np.unique(y, return_inverse=True)[1]]
        place = np.unique(y, return_inverse=True)[1]
        loss = np.logaddexp(0, -np.where(place == 1, z, -z)) if classes == 2 else np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), place]
        logistic.append({"options": ours, "coefficients": m.coef_.T.tolist(), "intercepts": m.intercept_.tolist() if theirs.get("fit_intercept", True) else [0] * len(m.coef_), "objective": float(0.5 * (m.coef_**2).sum() + m.C * (w * loss).sum()), "probabilities": m.predict_proba(scaled[2]).tolist()})
    one["logistic"] = logistic

    l1 = []
    for ours, theirs in [({"c": 1}, {"C": 1}), ({"c": 5, "fitIntercept": False}, {"C": 5, "fit_intercept": False})]:
        # liblinear's problem is one of two classes: each class against the rest.
        parts = []
        place = np.unique(y, return_inverse=True)[1]
        for k in [1] if classes == 2 else range(classes):
            m = LogisticRegression(l1_ratio=1, penalty="l1", solver="liblinear", tol=1e-10, max_iter=100000, **theirs).fit(scaled[0], place == k)
            z = np.where(place == k, 1, -1) * m.decision_function(scaled[0])
            parts.append((m.coef_[0], float(np.atleast_1d(m.intercept_)[0]), float(np.abs(m.coef_).sum() + np.abs(m.intercept_).sum() + m.C * np.logaddexp(0, -z).sum())))
        l1.append({"options": {"penalty": "l1", **ours}, "coefficients": np.array([p[0] for p in parts]).T.tolist(), "intercepts": [p[1] for p in parts], "objective": sum(p[2] for p in parts)})
    one["l1"] = l1

    svm = []
    for ours, theirs in [({}, {}), ({"loss": "hinge", "c": 2}, {"loss": "hinge", "C": 2}), ({"classWeight": "balanced", "interceptScaling": 3}, {"class_weight": "balanced", "intercept_scaling": 3}), ({"fitIntercept": False, "c": 0.2}, {"fit_intercept": False, "C": 0.2}), ({"classWeight": {"beta": 4}}, {"class_weight": {"beta": 4}})]:
        m = LinearSVC(dual=True, tol=1e-10, max_iter=10000000, **theirs).fit(scaled[0], y)
        svm.append({"options": ours, "coefficients": m.coef_.T.tolist(), "intercepts": np.atleast_1d(m.intercept_).tolist() if theirs.get("fit_intercept", True) else [0] * len(m.coef_), "scores": both(m), "predicted": m.predict(scaled[2]).tolist()})
    one["svm"] = svm

    bayes = []
    for ours, make in [({}, MultinomialNB()), ({"alpha": 0.1, "fitPrior": False}, MultinomialNB(alpha=0.1, fit_prior=False)), ({"classPrior": [1 / classes] * classes}, MultinomialNB(class_prior=[1 / classes] * classes)), ({"variant": "complement"}, ComplementNB()), ({"variant": "complement", "norm": True, "alpha": 0.5}, ComplementNB(norm=True, alpha=0.5))]:
        m = make.fit(x, y)
        bayes.append({"options": ours, "scores": m._joint_log_likelihood(x3).tolist(), "probabilities": m.predict_proba(x3).tolist()})
    one["bayes"] = bayes

    neighbours = []
    for ours, theirs in [({}, {"metric": "cosine"}), ({"metric": "euclidean", "neighbours": 3}, {"n_neighbors": 3}), ({"metric": "euclidean", "neighbours": 4, "weights": "distance"}, {"n_neighbors": 4, "weights": "distance"}), ({"neighbours": 7, "weights": "distance"}, {"metric": "cosine", "n_neighbors": 7, "weights": "distance"})]:
        m = KNeighborsClassifier(algorithm="brute", **theirs).fit(scaled[0], y)
        neighbours.append({"options": ours, "probabilities": m.predict_proba(scaled[2]).tolist()})
    one["neighbours"] = neighbours

    calibration = []
    for base, model in [("svm", LinearSVC(dual=True, tol=1e-10, max_iter=10000000, random_state=0).fit(scaled[0], y)), ("logistic", LogisticRegression(solver="newton-cg", tol=1e-12, max_iter=10000).fit(scaled[0], y)), ("bayes", MultinomialNB().fit(x, y))]:
        for method in ("sigmoid", "isotonic", "temperature"):
            held, test = (x2, x3) if base == "bayes" else scaled[1:]
            m = CalibratedClassifierCV(FrozenEstimator(model), method=method, ensemble=False).fit(held, y2)
            calibration.append({"base": base, "method": method, "probabilities": m.predict_proba(test).tolist()})
    one["calibration"] = calibration
    out["sets"].append(one)

maps = []
for count, scale in ((30, 1.0), (200, 50.0), (12, 0.01)):
    s = np.round(random.normal(0, scale, count), 3 if scale > 0.1 else 5)
    truth = (random.random(count) < 1 / (1 + np.exp(-2 * s / scale))).astype(float)
    at = np.round(np.linspace(s.min() - scale, s.max() + scale, 17), 6)
    a, b = _sigmoid_calibration(s, truth)
    logits = np.round(random.normal(0, scale, (count, 3)) + (np.arange(3) == (t := random.integers(0, 3, count))[:, None]) * scale, 6)
    maps.append({"scores": s.tolist(), "truth": truth.tolist(), "at": at.tolist(), "sigmoid": (1 / (1 + np.exp(a * at + b))).tolist(), "isotonic": IsotonicRegression(out_of_bounds="clip").fit(s, truth).predict(at).tolist(), "logits": logits.ravel().tolist(), "targets": t.tolist(), "temperature": float(1 / _TemperatureScaling().fit(logits, t).beta_)})
out["maps"] = maps
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
