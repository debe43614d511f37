"""Writes topics.json: truncated SVD, NMF, LDA and k-means by scikit-learn, for small random matrices. Run: $PEERS_PYTHON test/golden/classic/topics.py

LDA here finds the topics of each document from gamma = 1, in training, too, where scikit-learn draws them: only so do both begin alike.
"""
import json
import pathlib
import warnings

import numpy as np
import scipy.sparse as sp
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation, TruncatedSVD

warnings.filterwarnings("ignore")
random = np.random.RandomState(828)


def plain(array):
    return [float(f"{x:.13g}") for x in np.asarray(array, dtype=float).ravel()]


def counts(rows, columns, topics):
    """Counts of words of a few topics, most of them 0."""
    words = random.dirichlet(np.full(columns, 0.1), topics)
    shares = random.dirichlet(np.full(topics, 0.3), rows)
    return np.array([random.multinomial(random.randint(4, 20), share @ words) for share in shares]).astype(float)


dense = counts(48, 30, 4)
signed = dense * np.where(random.rand(30) < 0.3, -0.5, 1)
x = sp.csr_matrix(dense)

svd = TruncatedSVD(5, n_iter=40, random_state=0).fit(sp.csr_matrix(signed))
svd_wide = TruncatedSVD(4, n_iter=40, random_state=0).fit(sp.csr_matrix(signed[:20]))


def of_svd(model, data):
    return {
        "singularValues": plain(model.singular_values_),
        "components": plain(model.components_),
        "explainedVariance": plain(model.explained_variance_),
        "explainedVarianceRatio": plain(model.explained_variance_ratio_),
        "transformed": plain(model.transform(data)),
    }


nmf = []
for options, theirs in [
    ({"init": "nndsvd"}, {"init": "nndsvd"}),
    ({"init": "nndsvda"}, {"init": "nndsvda"}),
    ({"init": "nndsvda", "alpha": 0.002, "l1Ratio": 0.5}, {"init": "nndsvda", "alpha_W": 0.002, "l1_ratio": 0.5}),
    ({"init": "nndsvda", "solver": "mu"}, {"init": "nndsvda", "solver": "mu"}),
    ({"init": "nndsvda", "solver": "mu", "alpha": 0.001, "l1Ratio": 0.3}, {"init": "nndsvda", "solver": "mu", "alpha_W": 0.001, "l1_ratio": 0.3}),
    ({"init": "nndsvda", "loss": "kullback-leibler"}, {"init": "nndsvda", "solver": "mu", "beta_loss": "kullback-leibler"}),
]:
    model = NMF(4, random_state=0, **theirs)
    w = model.fit_transform(x)
    nmf.append({
        "options": options, "w": plain(w), "h": plain(model.components_), "error": float(model.reconstruction_err_),
        "iterations": model.n_iter_, "transformed": plain(NMF(4, random_state=0, **{**theirs, "tol": 1e-9, "max_iter": 5000}).fit(x).transform(x[:6])),
    })

w0, h0 = (np.round(np.abs(random.randn(*shape)), 3) for shape in ((48, 4), (4, 30)))
custom = NMF(4, init="custom")
w = custom.fit_transform(x, W=w0.copy(), H=h0.copy())
nmf_given = {"w0": plain(w0), "h0": plain(h0), "w": plain(w), "h": plain(custom.components_), "error": float(custom.reconstruction_err_), "iterations": custom.n_iter_}


class Lda(LatentDirichletAllocation):
    def _init_latent_vars(self, n_features, dtype=np.float64):
        super()._init_latent_vars(n_features, dtype)
        self.start_ = self.components_.copy()

    def _e_step(self, X, cal_sstats, random_init, parallel=None):
        return super()._e_step(X, cal_sstats, False, parallel)


lda = []
for options, theirs in [
    ({"learning": "batch", "passes": 6}, {"learning_method": "batch", "max_iter": 6}),
    ({"learning": "online", "passes": 3, "batchSize": 10}, {"learning_method": "online", "max_iter": 3, "batch_size": 10}),
    (
        {"learning": "online", "passes": 2, "batchSize": 16, "decay": 0.9, "offset": 2, "alpha": 0.1, "eta": 0.02},
        {"learning_method": "online", "max_iter": 2, "batch_size": 16, "learning_decay": 0.9, "learning_offset": 2, "doc_topic_prior": 0.1, "topic_word_prior": 0.02},
    ),
]:
    model = Lda(4, random_state=1, **theirs).fit(x)
    lda.append({
        "options": options, "init": plain(model.start_), "components": plain(model.components_), "transformed": plain(model.transform(x)),
        "score": float(model.score(x)), "perplexity": float(model.perplexity(x)),
    })

k_means = []
for name, centers, options, theirs in [
    ("rows", dense[:5], {}, {}),
    ("exactly", dense[7:11], {"tolerance": 0}, {"tol": 0}),
    ("few iterations", dense[20:28], {"iterations": 2}, {"max_iter": 2}),
    ("an empty cluster", np.vstack([dense[:3], np.full((1, 30), 50.0)]), {}, {}),
]:
    model = KMeans(len(centers), init=centers, n_init=1, algorithm="lloyd", **theirs).fit(x)
    k_means.append({
        "name": name, "init": plain(centers), "options": {"clusters": len(centers), **options}, "labels": model.labels_.tolist(), "inertia": float(model.inertia_),
        "centers": plain(model.cluster_centers_), "iterations": model.n_iter_, "predicted": model.predict(x[::-1]).tolist(),
    })

golden = {
    "made_by": f"scikit-learn {sklearn.__version__}", "rows": 48, "columns": 30, "counts": plain(dense), "signed": plain(signed),
    "svd": of_svd(svd, sp.csr_matrix(signed)), "svdWide": of_svd(svd_wide, sp.csr_matrix(signed[:20])),
    "nmf": nmf, "nmfGiven": nmf_given, "lda": lda, "kMeans": k_means,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
