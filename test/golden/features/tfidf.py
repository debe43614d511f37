"""Writes tfidf.json: TF-IDF weights by scikit-learn, for our own sentences. Run: $PEERS_PYTHON test/golden/features/tfidf.py"""
import json
import pathlib

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer

texts = """the ferry left the harbour before the storm reached the harbour wall
oil prices rose as the storm closed two harbours
the striker scored twice and the crowd sang
prices of bread rose twice this year
a quiet film about a ferry and its crew
the crew sang as the ferry left
storm storm storm""".split("\n")
documents = [text.split() for text in texts]
unseen = "the zeppelin left the harbour at dawn".split()

cases = [
    ({}, {}),
    ({"smooth": False}, {"smooth_idf": False}),
    ({"sublinear": True}, {"sublinear_tf": True}),
    ({"norm": False}, {"norm": None}),
    ({"minDf": 2}, {"min_df": 2}),
    ({"smooth": False, "sublinear": True, "norm": False, "minDf": 3}, {"smooth_idf": False, "sublinear_tf": True, "norm": None, "min_df": 3}),
]

out = []
for options, theirs in cases:
    vectorizer = TfidfVectorizer(analyzer=lambda tokens: tokens, **theirs).fit(documents)
    names = vectorizer.get_feature_names_out()
    rows = vectorizer.transform(documents + [unseen])
    weights = [{str(names[j]): row[0, j] for j in row.indices} for row in rows]
    out.append({"options": options, "weights": weights})

golden = {"made_by": f"scikit-learn {sklearn.__version__}", "documents": documents, "unseen": unseen, "cases": out}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
