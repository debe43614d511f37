"""Writes projection.json: PCA and t-SNE by scikit-learn, for rows of a few groups. Run: $PEERS_PYTHON test/golden/classic/projection.py"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness

random = np.random.RandomState(641)


def plain(array):
    return [float(f"{x:.13g}") for x in np.asarray(array, dtype=float).ravel()]


centers = random.randn(9, 12)
rows = np.concatenate([center + 0.35 * random.rand() * random.randn(20, 12) + 0.15 * random.randn(20, 12) for center in centers]).round(4)


def of_pca(data, count):
    model = PCA(count, svd_solver="full").fit(data)
    return {
        "points": plain(model.transform(data)),
        "components": plain(model.components_),
        "explainedVariance": plain(model.explained_variance_),
        "explainedVarianceRatio": plain(model.explained_variance_ratio_),
    }


def of_tsne(options, **theirs):
    model = TSNE(random_state=0, **theirs)
    points = model.fit_transform(rows)
    return {"options": options, "divergence": float(model.kl_divergence_), "trustworthiness": trustworthiness(rows, points, n_neighbors=8)}


tsne = [
    of_tsne({"method": "exact"}, method="exact"),
    of_tsne({}),
    of_tsne({"perplexity": 10, "angle": 0.3}, perplexity=10, angle=0.3),
    of_tsne({"perplexity": 50, "init": "random", "iterations": 600}, perplexity=50, init="random", max_iter=600),
    of_tsne({"earlyExaggeration": 4, "learningRate": 100}, early_exaggeration=4, learning_rate=100),
]
plane = PCA(2).fit_transform(rows)
made = {
    "made_by": f"scikit-learn {sklearn.__version__}",
    "width": 12,
    "rows": plain(rows),
    "pca": of_pca(rows, 4),
    "pcaWide": of_pca(rows[:7], 3),
    "tsne": tsne,
    "trustworthinessOfPca": trustworthiness(rows, plane, n_neighbors=8),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(made) + "\n")
