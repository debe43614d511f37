"""Writes phrases.json: phrases by gensim, collocations by NLTK, of our own texts. Run: $PEERS_PYTHON test/golden/features/phrases.py"""
import json
import math
import pathlib
import random

import gensim
import nltk
from gensim.models.phrases import ENGLISH_CONNECTOR_WORDS, Phrases
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

subjects = "the mayor of new york|a ferry|the ferry to san francisco|oil prices|the bank of england|everybody|火锅 店|😀 😀|constructor|the head of the bank of england".split("|")
verbs = "left|rose|closed|visited|sang in|has seen|talked of|吃".split("|")
objects = "new york city|san francisco|the harbour|the bank of england|a hot dog|hot dogs and oil prices|成都 火锅|state of the art|__proto__ toString|the the".split("|")
ends = "|at last|on monday|in new york|for the first time|and the and".split("|")
draw = random.Random(7)
documents = [" ".join(draw.choice(part) for part in (subjects, verbs, objects, ends)).split() for _ in range(240)] + [[], ["alone"], ["of", "the"]]
unseen = [
    "the bank of england left new york city for the bank".split(),
    "new york new york of new york".split(),
    "of the mayor of the and".split(),
    "hot dog hot dogs and oil prices san francisco".split(),
    "成都 火锅 店 😀 😀 😀".split(),
    [],
]


def pmi(worda_count, wordb_count, bigram_count, len_vocab, min_count, corpus_word_count):
    if bigram_count < min_count:
        return -math.inf
    return BigramAssocMeasures.pmi(bigram_count, (worda_count, wordb_count), corpus_word_count)


def log_likelihood(worda_count, wordb_count, bigram_count, len_vocab, min_count, corpus_word_count):
    if bigram_count < min_count or bigram_count * corpus_word_count <= worda_count * wordb_count:
        return -math.inf
    return BigramAssocMeasures.likelihood_ratio(bigram_count, (worda_count, wordb_count), corpus_word_count)


scorings = {"default": "default", "npmi": "npmi", "pmi": pmi, "logLikelihood": log_likelihood}
english = sorted(ENGLISH_CONNECTOR_WORDS)
cases = [
    {},
    {"minCount": 1, "threshold": 1},
    {"minCount": 3, "threshold": 0.2, "scoring": "npmi"},
    {"minCount": 5, "threshold": -0.5, "scoring": "npmi", "connectors": english},
    {"connectors": english, "threshold": 2},
    {"connectors": english, "threshold": 2, "delimiter": " "},
    {"minCount": 2, "threshold": 3, "scoring": "pmi"},
    {"minCount": 2, "threshold": 3, "scoring": "pmi", "connectors": english},
    {"minCount": 2, "threshold": 10.83, "scoring": "logLikelihood"},
    {"minCount": 4, "threshold": 10.83, "scoring": "logLikelihood", "connectors": english, "delimiter": "++"},
    {"minCount": 1, "threshold": 0.2, "maxVocabulary": 150},
    {"minCount": 1, "threshold": 0.2, "maxVocabulary": 200, "connectors": english},
]


def fit(options, docs):
    return Phrases(
        docs,
        min_count=options.get("minCount", 5),
        threshold=options.get("threshold", 10),
        scoring=scorings[options.get("scoring", "default")],
        connector_words=frozenset(options.get("connectors", [])),
        delimiter=options.get("delimiter", "_"),
        max_vocab_size=options.get("maxVocabulary", 40_000_000),
    )


out = []
for options in cases:
    model = fit(options, documents)
    joined = [model[doc] for doc in documents[:30] + unseen]
    found = {}
    for doc in documents:
        found.update(model.find_phrases([doc]))
    out.append({"options": options, "joined": joined, "phrases": model.export_phrases(), "found": found})

chained = []
for first, second in [(cases[1], {"minCount": 1, "threshold": 0.5}), (cases[4], cases[4]), (cases[2], {"minCount": 2, "threshold": 0, "scoring": "npmi"})]:
    one = fit(first, documents)
    two = fit(second, [one[doc] for doc in documents])
    chained.append({"first": first, "second": second, "joined": [two[one[doc]] for doc in documents[:30] + unseen]})

finder = BigramCollocationFinder.from_documents(documents)
measures = {"pmi": BigramAssocMeasures.pmi, "logLikelihood": BigramAssocMeasures.likelihood_ratio}
ranked = {name: [[list(pair), score] for pair, score in finder.score_ngrams(measure)] for name, measure in measures.items()}

golden = {
    "made_by": f"gensim {gensim.__version__}, NLTK {nltk.__version__}",
    "documents": documents,
    "unseen": unseen,
    "connectors": english,
    "cases": out,
    "chained": chained,
    "collocations": ranked,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
