"""Writes yake_keywords.json: words, sentences and keywords by yake, for our own texts. Run: $PEERS_PYTHON test/golden/keywords/yake_keywords.py"""
import json
import pathlib
from importlib.metadata import version

import yake
from yake.data import DataCore

from texts import chinese, english, stopwords

cases = []
for text in english + ["Storm.", "Storm storm STORM 5 storms.", "…!", chinese[4], "constructor __proto__ Constructor of prototypes."]:
    core = DataCore(text=text, stopword_set=set(stopwords), config={"windows_size": 1, "n": 3})
    tokens, starts = [], []
    for sentence in core.sentences_str:
        starts.append(len(tokens))
        tokens += sentence
    found = []
    for options in [
        {},
        {"n": 1},
        {"n": 2, "window_size": 2},
        {"dedup_lim": 1},
        {"dedup_lim": 0.6},
        {"dedup_func": "levs", "dedup_lim": 0.7},
        {"top": 1000},
    ]:
        extractor = yake.KeywordExtractor(stopwords=set(stopwords), **{"top": 20, **options})
        found.append({"options": options, "keywords": [[word, float(score)] for word, score in extractor.extract_keywords(text)]})
    cases.append({"text": text, "tokens": tokens, "sentenceStarts": starts, "found": found})

golden = {"made_by": f"yake {version('yake')}", "stopwords": stopwords, "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
