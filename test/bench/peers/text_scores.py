#!/usr/bin/env python3
"""Scores of the first systems of a JSON Lines file of translations by sacreBLEU: text_scores.py FILE SYSTEMS BOOTSTRAP-SAMPLES. One JSON line: seconds and scores by metric."""
import gzip
import json
import logging
import sys
import time

from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

logging.disable(logging.WARNING)
path, count, samples = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
texts = {line["name"]: line["segments"] for line in map(json.loads, gzip.open(path, "rt", encoding="utf8"))}
references = [texts.pop("reference")]
systems = list(texts.items())[:count]
found = {}
for name, metric in (("BLEU", BLEU()), ("chrF2++", CHRF(word_order=2)), ("TER", TER())):
    start = time.perf_counter()
    scores = [metric.corpus_score(own, references).score for _, own in systems]
    found[name] = {"s": time.perf_counter() - start, "scores": scores}
start = time.perf_counter()
PairedTest(systems, {"BLEU": BLEU()}, references, "bs", samples)()
found["paired"] = {"s": time.perf_counter() - start, "scores": []}
print(json.dumps(found))
