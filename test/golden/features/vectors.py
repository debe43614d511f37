"""Writes vectors.json: matrices of scikit-learn's vectorizers and of gensim's SMART weights, for our own texts. Run: $PEERS_PYTHON test/golden/features/vectors.py"""
import json
import pathlib

import gensim
import numpy as np
import sklearn
from gensim.corpora import Dictionary
from gensim.models import TfidfModel
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer

texts = """the ferry left the harbour before the storm reached the harbour wall
oil prices rose as the storm closed two harbours
the striker scored twice and the crowd sang the crowd sang
prices of bread rose twice this year
a quiet film about a ferry and its crew
constructor __proto__ toString constructor hasOwnProperty
𝐀 ﷺ Ａ 😀 😀 z é e ÿ
Don't PANIC: it's 3.14 and x_1, the Éclair costs 10€ in the ÉCLAIR shop, STRASSE Straße naïve
我 想 去 成都 吃 火锅 成都 火锅
a a-b a.b a! b aa ab a b

storm""".split("\n")
unseen = ["the zeppelin left the harbour at dawn", "", "nothing here is known ferry left"]
split = lambda text: text.split()

cases = [
    ("counts", {}, CountVectorizer, {}),
    ("counts", {"ngramRange": [1, 2]}, CountVectorizer, {"ngram_range": (1, 2)}),
    ("counts", {"ngramRange": [2, 3], "binary": True}, CountVectorizer, {"ngram_range": (2, 3), "binary": True}),
    ("counts", {"ngramRange": [1, 4], "minDf": 2}, CountVectorizer, {"ngram_range": (1, 4), "min_df": 2}),
    ("counts", {"minDf": 0.15, "maxDf": 0.3}, CountVectorizer, {"min_df": 0.15, "max_df": 0.3}),
    ("counts", {"maxDf": 2, "maxFeatures": 13}, CountVectorizer, {"max_df": 2, "max_features": 13}),
    ("counts", {"analyzer": "char", "ngramRange": [1, 3]}, CountVectorizer, {"analyzer": "char", "ngram_range": (1, 3)}),
    ("counts", {"analyzer": "char_wb", "ngramRange": [2, 4]}, CountVectorizer, {"analyzer": "char_wb", "ngram_range": (2, 4)}),
    ("counts", {"analyzer": "char_wb", "ngramRange": [5, 6], "minDf": 2}, CountVectorizer, {"analyzer": "char_wb", "ngram_range": (5, 6), "min_df": 2}),
    ("counts", {"analyzer": "text"}, CountVectorizer, {"token_pattern": r"(?u)\b\w\w+\b"}),
    ("tfidf", {"analyzer": "text", "ngramRange": [1, 3], "minDf": 2}, TfidfVectorizer, {"token_pattern": r"(?u)\b\w\w+\b", "ngram_range": (1, 3), "min_df": 2}),
    ("hashing", {"analyzer": "text", "columns": 512, "ngramRange": [1, 2]}, HashingVectorizer, {"token_pattern": r"(?u)\b\w\w+\b", "n_features": 512, "ngram_range": (1, 2)}),
    ("tfidf", {}, TfidfVectorizer, {}),
    ("tfidf", {"ngramRange": [1, 2], "sublinear": True}, TfidfVectorizer, {"ngram_range": (1, 2), "sublinear_tf": True}),
    ("tfidf", {"smooth": False, "norm": "l1"}, TfidfVectorizer, {"smooth_idf": False, "norm": "l1"}),
    ("tfidf", {"binary": True, "norm": False, "useIdf": False}, TfidfVectorizer, {"binary": True, "norm": None, "use_idf": False}),
    ("tfidf", {"ngramRange": [1, 3], "maxDf": 3, "maxFeatures": 20}, TfidfVectorizer, {"ngram_range": (1, 3), "max_df": 3, "max_features": 20}),
    ("tfidf", {"analyzer": "char_wb", "ngramRange": [1, 4]}, TfidfVectorizer, {"analyzer": "char_wb", "ngram_range": (1, 4)}),
    ("hashing", {}, HashingVectorizer, {}),
    ("hashing", {"columns": 97, "ngramRange": [1, 3], "norm": False}, HashingVectorizer, {"n_features": 97, "ngram_range": (1, 3), "norm": None}),
    ("hashing", {"columns": 64, "alternateSign": False, "binary": True, "norm": "l1"}, HashingVectorizer, {"n_features": 64, "alternate_sign": False, "binary": True, "norm": "l1"}),
    ("hashing", {"columns": 1000, "analyzer": "char_wb", "ngramRange": [2, 3]}, HashingVectorizer, {"n_features": 1000, "analyzer": "char_wb", "ngram_range": (2, 3)}),
]

out = []
for stage, options, make, theirs in cases:
    own = "token_pattern" in theirs
    words = {"tokenizer": split, "token_pattern": None} if theirs.get("analyzer", "word") == "word" and not own else {}
    vectorizer = make(lowercase=own, **words, **theirs)
    matrix = vectorizer.fit_transform(texts)
    if "maxFeatures" in options:
        # Of equally frequent terms scikit-learn takes any.
        totals = sorted(np.asarray(CountVectorizer(lowercase=False, **words, **{k: v for k, v in theirs.items() if k not in ("max_features",)}).fit_transform(texts).sum(axis=0))[0].tolist(), reverse=True)
        assert totals[options["maxFeatures"] - 1] > totals[options["maxFeatures"]], totals[:40]
    # Columns that scikit-learn leaves in another order in a row.
    matrix.sort_indices()
    matrix.eliminate_zeros()
    later = vectorizer.transform(unseen)
    later.sort_indices()
    later.eliminate_zeros()
    rows = lambda m: [[m.indices[a:b].tolist(), m.data[a:b].tolist()] for a, b in zip(m.indptr, m.indptr[1:])]
    names = [] if make is HashingVectorizer else vectorizer.get_feature_names_out().tolist()
    out.append({"stage": stage, "options": options, "columns": matrix.shape[1], "names": names, "rows": rows(matrix), "unseen": rows(later)})

dictionary = Dictionary([text.split() for text in texts])
bags = [dictionary.doc2bow(text.split()) for text in texts]
smart = []
for letters in ["nfc", "ltc", "lfn", "dpn", "afc", "bfc", "Lfc", "nnc", "lfu", "lfb", "atn"]:
    model = TfidfModel(bags, id2word=dictionary, dictionary=dictionary, smartirs=letters)
    smart.append({"letters": letters, "weights": [{dictionary[i]: float(w) for i, w in model[bag]} if bag else {} for bag in bags]})

golden = {"made_by": f"scikit-learn {sklearn.__version__}, gensim {gensim.__version__}", "texts": texts, "later": unseen, "cases": out, "smart": smart}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
