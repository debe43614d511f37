#!/usr/bin/env python3
"""Time scikit-learn's topics of the texts of AG News: topics_sklearn.py JOB FILE, with the jobs of topics.ts. Prints one JSON line: seconds of fitting
(features made beforehand), the figure that says how good it is."""
import csv
import gzip
import json
import sys
import time
import warnings

from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation, TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

warnings.filterwarnings("ignore")
job, path = sys.argv[1:3]
with gzip.open(path, "rt", encoding="utf8") as file:
    texts = [" ".join(row[1:]) for row in csv.reader(file)]
counts = CountVectorizer(min_df=2, token_pattern=r"\w\w+").fit_transform(texts)
tfidf = TfidfTransformer().fit_transform(counts)

jobs = {
    "svd": (lambda: TruncatedSVD(100, random_state=0), tfidf, lambda m: m.explained_variance_ratio_.sum()),
    "nmf": (lambda: NMF(20, init="nndsvda", random_state=0), tfidf, lambda m: m.reconstruction_err_),
    "nmf-kl": (lambda: NMF(20, init="nndsvda", solver="mu", beta_loss="kullback-leibler", random_state=0), tfidf, lambda m: m.reconstruction_err_),
    # Ours makes the perplexity of all texts, too; scikit-learn has it as bound_.
    "lda-online": (lambda: LatentDirichletAllocation(20, learning_method="online", max_iter=3, random_state=0), counts, lambda m: m.bound_),
    "lda-batch": (lambda: LatentDirichletAllocation(20, learning_method="batch", max_iter=3, random_state=0), counts, lambda m: m.bound_),
    "kmeans": (lambda: KMeans(20, n_init=1, random_state=0), tfidf, lambda m: m.inertia_),
}
make, matrix, figure = jobs[job]
start = time.perf_counter()
model = make().fit(matrix)
seconds = time.perf_counter() - start
print(json.dumps({"peer": "scikit-learn " + type(model).__name__, "seconds": seconds, "figure": float(figure(model)), "shape": matrix.shape, "nnz": int(matrix.nnz)}))
