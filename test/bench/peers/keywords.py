#!/usr/bin/env python3
"""Keywords of the texts of a JSON Lines file by yake, summa or summa with its eigenvector corrected: keywords.py FILE yake|summa|summa-fixed STOPWORDS; one JSON array a text,
best first. STOPWORDS: a file with one word a line, which yake takes; summa has its own list, which is the first line. The last line has the seconds."""
import gzip
import json
import sys
import time

path, method, stops = sys.argv[1:4]
texts = [json.loads(line)["text"] for line in gzip.open(path, "rt", encoding="utf8")]
if method == "yake":
    import yake

    extractor = yake.KeywordExtractor(top=15, stopwords=set(open(stops, encoding="utf8").read().split("\n")))
    extract = lambda text: [word for word, _ in extractor.extract_keywords(text)]
else:
    import numpy
    import summa.keywords
    import summa.pagerank_weighted as weighted
    from scipy.linalg import eig

    def pagerank(graph, damping=0.85):
        size = len(graph.nodes())
        matrix = damping * weighted.build_adjacency_matrix(graph).toarray() + (1 - damping) / size
        values, vectors = eig(matrix, left=True, right=False)
        first = numpy.argmax(values.real)
        return {node: round(abs(vectors[i][first]), 12) for i, node in enumerate(graph.nodes())}

    if method == "summa-fixed":
        summa.keywords._pagerank = pagerank
    from summa.preprocessing.stopwords import get_stopwords_by_language

    print(json.dumps(get_stopwords_by_language("english").split()))
    extract = lambda text: summa.keywords.keywords(text, split=True)[:15]
start = time.perf_counter()
for text in texts:
    print(json.dumps(extract(text)))
print(json.dumps({"s": time.perf_counter() - start}))
