#!/usr/bin/env python3
"""Time gensim's most_similar: most_similar_gensim.py FILE WORDS, with vectors in word2vec's binary format and words one a line. Prints one JSON line:
seconds of loading, milliseconds of the median question (two threads of BLAS, as it comes), and the first answer."""
import json
import statistics
import sys
import time

import gensim
from gensim.models import KeyedVectors

path, words = sys.argv[1:3]
start = time.perf_counter()
vectors = KeyedVectors.load_word2vec_format(path, binary=True)
load = time.perf_counter() - start
vectors.fill_norms()
times = []
answers = []
with open(words, encoding="utf8") as file:
    for word in file.read().split("\n"):
        start = time.perf_counter()
        answers.append([other for other, _ in vectors.most_similar(word)])
        times.append((time.perf_counter() - start) * 1000)
print(json.dumps({"peer": f"gensim {gensim.__version__}", "load": load, "single": statistics.median(times), "answers": answers}))
