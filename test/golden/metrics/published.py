#!/usr/bin/env python3
"""Scores of published translations by sacreBLEU: writes published.json beside this file, numbers only. The argument is the folder of data sets (TEXTLOOM_DATA).

wmt17: outputs of systems, English to German, each against the reference. wmt15: one system's raw output, English to Russian."""
import gzip, importlib.metadata, json, pathlib, sys
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

data = pathlib.Path(sys.argv[1]) / "bleu"
METRICS = {
    "BLEU": lambda: BLEU(), "BLEU intl lc": lambda: BLEU(tokenize="intl", lowercase=True), "BLEU char": lambda: BLEU(tokenize="char"), "BLEU zh": lambda: BLEU(tokenize="zh"),
    "BLEU none": lambda: BLEU(tokenize="none", smooth_method="none"), "chrF2": lambda: CHRF(), "chrF2++": lambda: CHRF(word_order=2), "TER": lambda: TER(),
    "TER normalized": lambda: TER(normalized=True, no_punct=True, case_sensitive=True),
}
lines = [json.loads(line) for line in gzip.open(data / "wmt17_en_de_systems.jsonl.gz", "rt", encoding="utf8")]
texts = {line["name"]: line["segments"] for line in lines}
reference = texts.pop("reference")
read = lambda name: (data / "wmt15_100" / f"newstest-2015-100sents.en-ru.{name}.ru").read_text("utf8").rstrip("\n").split("\n")
of = lambda hypotheses, references, names=METRICS: {name: METRICS[name]().corpus_score(hypotheses, [references]).score for name in names}
wmt17 = {name: of(hypotheses, reference, [m for m in METRICS if m != "TER normalized" or "LIUM" in name]) for name, hypotheses in texts.items()}
few = [name for name in texts if any(part in name for part in ("LIUM", "KIT", "LMU-nmt-single", "xmu"))]
_, tests = PairedTest([(name, texts[name]) for name in few], {n: METRICS[n]() for n in ("BLEU none", "chrF2", "TER")}, [reference], "bs", 1000)()
paired = {metric: {name: {"mean": float(r.mean), "half": float(r.ci), "p": r.p_value} for name, r in zip(tests["System"], tests[metric])} for metric in tests if metric != "System"}
golden = {"wmt17": wmt17, "wmt15": {"google": of(read("google"), read("ref"))}, "paired": paired}
head = f'"what": "Scores of published translations, see published.py", "made_by": "sacrebleu {importlib.metadata.version("sacrebleu")}"'
parts = ",\n".join(f"{json.dumps(part)}: {{\n" + ",\n".join(f"{json.dumps(n)}: {json.dumps(c)}" for n, c in cases.items()) + "\n}" for part, cases in golden.items())
pathlib.Path(__file__).with_suffix(".json").write_text(f"{{{head},\n{parts}}}\n")
