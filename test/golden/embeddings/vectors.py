"""Writes vectors.json: answers of gensim's KeyedVectors, and the files gensim.txt, gensim.bin, glove.txt as gensim writes them; ours.txt and ours.bin, which
textloom writes of the same vectors (built before: npm run build), are read by gensim, and what it reads is in the JSON, too.
Run: $PEERS_PYTHON test/golden/embeddings/vectors.py"""
import json
import pathlib
import subprocess
import sys
import types

import gensim
import numpy as np
from gensim.models import KeyedVectors
from scipy.optimize import linprog


def emd2(a, b, costs):
    """The exact optimal transport that gensim takes from POT, by a linear program."""
    n, m = costs.shape
    rows = np.zeros((n + m, n * m))
    for i in range(n):
        rows[i, i * m : (i + 1) * m] = 1
    for j in range(m):
        rows[n + j, j::m] = 1
    return linprog(costs.ravel(), A_eq=rows, b_eq=np.concatenate([a, b]), method="highs").fun


sys.modules["ot"] = types.SimpleNamespace(emd2=emd2)

here = pathlib.Path(__file__).parent
words = """the of king queen man woman prince princess paris france rome italy berlin germany river harbour ferry storm oil price
bread market film crew striker goal crowd naïve 成都 火锅 𝐀 constructor __proto__ 3.14 -1 O'Neill""".split()
width = 10
random = np.random.default_rng(18)
topics = random.normal(size=(6, width))
numbers = (topics[np.arange(len(words)) // 6] + random.normal(size=(len(words), width))).astype(np.float32)
numbers *= 10.0 ** random.integers(-3, 3, size=(len(words), 1))
vectors = KeyedVectors(width)
vectors.add_vectors(words, numbers.astype(np.float32))

vectors.save_word2vec_format(str(here / "gensim.txt"))
vectors.save_word2vec_format(str(here / "gensim.bin"), binary=True)
vectors.save_word2vec_format(str(here / "glove.txt"), write_header=False)

plain = lambda value: np.asarray(value).tolist()
free = numbers[3] - numbers[8]
analogy = dict(positive=["king", "woman"], negative=["man"])
weighted = dict(positive=[("king", 0.5), ("paris", 2)], negative=[("oil", 0.25)])
one, other = "the storm left the ferry unknown harbour storm".split(), "the crew of the river ferry 成都".split()
golden = {
    "made_by": f"gensim {gensim.__version__}, numpy {np.__version__}",
    "words": words,
    "numbers": plain(numbers),
    "free": plain(free),
    "similar": [
        {"question": {"positive": "king"}, "answer": vectors.most_similar("king")},
        {"question": {**analogy, "top": 5}, "answer": vectors.most_similar(**analogy, topn=5)},
        {"question": {**weighted, "negative": [["oil", -0.25]], "positive": [["king", 0.5], ["paris", 2]], "top": 40}, "answer": vectors.most_similar(positive=weighted["positive"], negative=[("oil", -0.25)], topn=40)},
        {"question": {"positive": "ferry", "restrict": 12, "top": 3}, "answer": vectors.most_similar("ferry", restrict_vocab=12, topn=3)},
        {"question": {"negative": ["man", "oil"], "top": 3}, "answer": vectors.most_similar(negative=["man", "oil"], topn=3)},
    ],
    "free_similar": vectors.most_similar(positive=[free], topn=4),
    "cosmul": [
        {"question": {**analogy, "top": 6}, "answer": vectors.most_similar_cosmul(**analogy, topn=6)},
        {"question": {"positive": ["storm"], "top": 4}, "answer": vectors.most_similar_cosmul(positive=["storm"], topn=4)},
    ],
    "pairs": [
        {"a": a, "b": b, "similarity": float(vectors.similarity(a, b)), "distance": float(vectors.distance(a, b)), "rank": vectors.rank(a, b), "closer": vectors.closer_than(a, b)}
        for a, b in [("king", "queen"), ("king", "the"), ("ferry", "𝐀"), ("3.14", "-1")]
    ],
    "distances": {"all": plain(vectors.distances("king")), "some": plain(vectors.distances("king", ["man", "成都", "king"])), "free": plain(vectors.distances(free, ["man", "oil"]))},
    "n_similarity": [{"a": a, "b": b, "value": float(vectors.n_similarity(a, b))} for a, b in [(["king", "queen"], ["man", "nothing"]), (one, other)]],
    "means": [
        {"words": one, "options": {}, "value": plain(vectors.get_mean_vector(one))},
        {"words": one, "options": {"preNormalize": False}, "value": plain(vectors.get_mean_vector(one, pre_normalize=False))},
        {"words": ["king", "oil"], "options": {"weights": [2, -0.5], "postNormalize": True}, "value": plain(vectors.get_mean_vector(["king", "oil"], weights=[2, -0.5], post_normalize=True))},
        {"words": ["nothing"], "options": {}, "value": plain(vectors.get_mean_vector(["nothing"]))},
    ],
    "central": [
        {"words": given, "order": [word for _, word in vectors.rank_by_centrality(given)], "odd": vectors.doesnt_match(given)}
        for given in ["king queen man woman oil".split(), "paris rome berlin ferry".split(), ["storm"]]
    ],
    "movers": [
        {"a": a, "b": b, "normalize": norm, "value": float(vectors.wmdistance(a, b, norm=norm))}
        for a, b in [(one, other), (words[:14], words[10:30] + words[:3]), (["king"], ["king"]), (["king", "king", "oil"], ["king", "man"])]
        for norm in (True, False)
    ],
}

script = """
import { loadVectors, saveVectors } from './dist/src/embeddings/index.js';
const vectors = await loadVectors('test/golden/embeddings/gensim.bin');
for (const name of ['ours.txt', 'ours.bin']) await saveVectors(vectors, `test/golden/embeddings/${name}`);
"""
subprocess.run(["node", "--input-type=module", "-e", script], cwd=here.parents[2], check=True)
for name, binary in [("ours.txt", False), ("ours.bin", True)]:
    read = KeyedVectors.load_word2vec_format(str(here / name), binary=binary)
    golden[name] = {"words": read.index_to_key, "equal": bool((read.vectors == numbers).all())}

(here / "vectors.json").write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n")
