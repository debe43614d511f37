"""Writes graphs.json: keywords and summaries by summa, PageRank and LexRank by networkx and NumPy, for our own texts.
Run: $PEERS_PYTHON test/golden/keywords/graphs.py"""
import json
import pathlib
import re

import networkx
import numpy
import summa.keywords
import summa.pagerank_weighted as weighted
import summa.summarizer
from scipy.linalg import eig
from summa.preprocessing import textcleaner

from texts import english, stopwords


def pagerank(graph, damping=0.85):
    """summa takes the first eigenvector that LAPACK gives, which is not always that of the eigenvalue 1; this takes that one.
    Ranks are rounded, so that words that stand alike are equal and keep their order."""
    size = len(graph.nodes())
    matrix = damping * weighted.build_adjacency_matrix(graph).toarray() + (1 - damping) / size
    values, vectors = eig(matrix, left=True, right=False)
    first = numpy.argmax(values.real)
    return {node: round(abs(vectors[i][first]), 12) for i, node in enumerate(graph.nodes())}


summa.keywords._pagerank = summa.summarizer._pagerank = pagerank

found = []
for text in english:
    textcleaner.init_textcleanner("english", None)
    words = set(textcleaner.tokenize_by_word(text))
    runs = []
    for options in [{"ratio": 0.2}, {"ratio": 0.5}, {"words": 6}, {"ratio": 1}]:
        runs.append({"options": options, "found": [[word, float(score)] for word, score in summa.keywords.keywords(text, split=True, scores=True, **options)]})
    units = textcleaner.clean_text_by_sentences(text)
    summaries = []
    for ratio in [0.2, 0.5, 1]:
        chosen = summa.summarizer.summarize(text, ratio=ratio, split=True, scores=True)
        summaries.append({"ratio": ratio, "found": [[sentence, float(score)] for sentence, score in chosen]})
    found.append(
        {
            "text": text,
            "tokens": text.split(),
            "stopwords": sorted(textcleaner.STOPWORDS & words),
            "keywords": runs,
            "sentences": [unit.text for unit in units],
            "sentenceTokens": [unit.token.split() for unit in units],
            "summaries": summaries,
        }
    )

# Neighbours without weights, by networkx's PageRank: the ranks of the paper divided by the number of words.
ranks = []
for text in english:
    tokens = re.findall(r"\w+|[^\w\s]", text)
    nodes = [token.lower() if re.search(r"[^\W\d_]", token) and token.lower() not in stopwords else None for token in tokens]
    for window in [2, 4]:
        graph = networkx.Graph()
        for i, a in enumerate(nodes):
            for b in nodes[i + 1 : i + window]:
                if a and b and a != b:
                    graph.add_edge(a, b)
        scores = networkx.pagerank(graph, alpha=0.85, tol=1e-12, max_iter=1000)
        ranks.append({"tokens": tokens, "window": window, "ranks": {word: score * len(graph) for word, score in scores.items()}})

# LexRank: cosines of tf-idf rows, by NumPy; PageRank of the matrix by its eigenvector.
lexrank = []
for case in found:
    sentences = case["sentenceTokens"]
    names = sorted({word for words in sentences for word in words})
    counts = numpy.array([[words.count(name) for name in names] for words in sentences], dtype=float)
    rows = counts * numpy.log(len(sentences) / (counts > 0).sum(axis=0))
    rows /= numpy.linalg.norm(rows, axis=1, keepdims=True)
    cosines = rows @ rows.T
    for threshold in [0.1, 0.02, False]:
        matrix = numpy.where(cosines > 0, cosines, 0) if threshold is False else (cosines > threshold).astype(float)
        numpy.fill_diagonal(matrix, 1)
        matrix /= matrix.sum(axis=1, keepdims=True)
        jump = 0.85 * matrix + 0.15 / len(sentences)
        values, vectors = numpy.linalg.eig(jump.T)
        first = numpy.abs(numpy.real(vectors[:, numpy.argmax(numpy.real(values))]))
        lexrank.append({"sentenceTokens": sentences, "threshold": threshold, "scores": (first / first.sum()).tolist()})

golden = {"made_by": f"summa 1.2.0, networkx {networkx.__version__}, NumPy {numpy.__version__}", "summa": found, "stopwords": stopwords, "ranks": ranks, "lexrank": lexrank}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
