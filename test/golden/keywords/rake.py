"""Writes rake.json: keywords by rake-nltk (which $PEERS_PYTHON needs beside NLTK), for our own texts. Run: $PEERS_PYTHON test/golden/keywords/rake.py"""
import json
import pathlib
import re
from importlib.metadata import version

from rake_nltk import Metric, Rake

from texts import english, stopwords

metrics = {"ratio": Metric.DEGREE_TO_FREQUENCY_RATIO, "degree": Metric.WORD_DEGREE, "frequency": Metric.WORD_FREQUENCY}
cases = []
for text in english + ["constructor __proto__, constructor"]:
    tokens = re.findall(r"\w+|[^\w\s]", text)
    for name, metric in metrics.items():
        for longest in [100000, 2]:
            rake = Rake(
                stopwords=set(stopwords),
                punctuations={token for token in tokens if not re.search(r"[^\W_]", token)},
                ranking_metric=metric,
                max_length=longest,
                include_repeated_phrases=True,
                sentence_tokenizer=lambda text: [text],
                word_tokenizer=lambda text: re.findall(r"\w+|[^\w\s]", text),
            )
            rake.extract_keywords_from_text(text)
            found = {phrase: float(score) for score, phrase in rake.get_ranked_phrases_with_scores()}
            cases.append({"tokens": tokens, "score": name, "longest": longest, "found": found})

golden = {"made_by": f"rake-nltk {version('rake-nltk')}", "stopwords": stopwords, "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
