"""Writes ngrams.json: n-grams by scikit-learn's analyzers and skip-grams by NLTK, of our own texts. Run: $PEERS_PYTHON test/golden/text/ngrams.py"""
import json
import pathlib

import nltk
import sklearn
from nltk.util import skipgrams
from sklearn.feature_extraction.text import CountVectorizer

texts = [
    "the ferry left the harbour before the storm",
    "我想去成都吃火锅",
    "我想去 成都 吃火锅",
    "a 😀 b 👩‍👩‍👧 é\u0301 constructor __proto__",
    "  two  spaces\tand\n\nlines \x1c\x1d here\x85\x85there \ufeff\ufeff ",
    "a",
    "",
]
lengths = [(1, 1), (1, 2), (2, 3), (3, 3), (1, 5), (7, 9)]
cases = []
for text in texts:
    for low, high in lengths:
        of = {}
        for analyzer in ["word", "char", "char_wb"]:
            vectorizer = CountVectorizer(analyzer=analyzer, ngram_range=(low, high), lowercase=False, token_pattern=r"[^\s]+")
            of[analyzer] = list(vectorizer.build_analyzer()(text))
        skips = {}
        for skip in [1, 2]:
            skips[skip] = [" ".join(gram) for n in range(low, min(high, 4) + 1) for gram in skipgrams(text.split(), n, skip) if n <= len(text.split())]
        cases.append({"text": text, "words": text.split(), "from": low, "to": high, **of, "skips": skips})

golden = {"made_by": f"scikit-learn {sklearn.__version__}, NLTK {nltk.__version__}", "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n")
