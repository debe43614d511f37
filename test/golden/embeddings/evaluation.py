"""Writes evaluation.json: word analogies and word pairs by gensim, on vectors of a few words made so that some answers are right. Run: $PEERS_PYTHON test/golden/embeddings/evaluation.py"""
import json
import pathlib
import tempfile

import gensim
import numpy as np
from gensim.models import KeyedVectors

random = np.random.RandomState(353)
width = 12
roots = [f"word{i}" for i in range(20)] + ["straße", "词", "été"]
kinds = {"": random.randn(width) * 0, "er": random.randn(width), "s": random.randn(width), "ly": random.randn(width)}
words, rows = [], []
for root in roots:
    base = random.randn(width)
    for kind, shift in kinds.items():
        words.append(root + kind)
        rows.append(base + 1.4 * shift + 0.5 * random.randn(width))
# Forms in other cases, some before and some after their lower case.
for word in ["Word1er", "WORD2", "Word3s", "Été"]:
    words.append(word)
    rows.append(rows[words.index(word.lower())] + 0.2 * random.randn(width))
order = random.permutation(len(words))
words = [words[i] for i in order]
rows = np.round(np.array([rows[i] for i in order]), 4).astype(np.float32)
vectors = KeyedVectors(width)
vectors.add_vectors(words, rows)

sections = {"er": [], "gram1-s": [], "gram2-ly": [], "unknown": [["absent", "word1", "word2", "word3"], ["word1", "word2", "word3", "absent"]]}
for name, section in list(sections.items())[:3]:
    kind = name.split("-")[-1]
    for _ in range(60):
        a, b = random.choice(roots, 2, replace=False)
        section.append([a, a + kind, b.upper() if random.rand() < 0.2 else b, b + kind])
sections["er"].append(["word1", "word1er", "nowhere", "nowhereer"])
sections["er"].append(["word1", "word1er", "Word1", "word1er"])
sections["empty"] = []

pairs = []
for _ in range(60):
    a, b = random.choice(words + ["absent", "nowhere"], 2)
    pairs.append([a.upper() if random.rand() < 0.2 else a, b, round(random.rand() * 10, 1 if random.rand() < 0.5 else 0)])

folder = pathlib.Path(tempfile.mkdtemp())
(folder / "analogies.txt").write_text("".join(f": {name}\n" + "".join(" ".join(four) + "\n" for four in section) for name, section in sections.items()))
(folder / "pairs.txt").write_text("".join(f"{a}\t{b}\t{score}\n" for a, b, score in pairs))


def of_analogies(options, **theirs):
    score, found = vectors.evaluate_word_analogies(str(folder / "analogies.txt"), **theirs)
    rows = [{"name": s["section"], "correct": len(s["correct"]), "questions": len(s["correct"]) + len(s["incorrect"])} for s in found]
    return {"options": options, "score": score, "sections": rows}


def of_pairs(options, **theirs):
    pearson, spearman, oov = vectors.evaluate_word_pairs(str(folder / "pairs.txt"), **theirs)
    both = {"pearson": [float(x) for x in pearson], "spearman": [float(x) for x in spearman]}
    return {"options": options, **both, "unknownPercent": oov}


options = [
    ({}, {}),
    ({"countUnknown": True}, {"dummy4unknown": True}),
    ({"ignoreCase": False}, {"case_insensitive": False}),
    ({"restrict": 60}, {"restrict_vocab": 60}),
    ({"restrict": 60, "ignoreCase": False, "countUnknown": True}, {"restrict_vocab": 60, "case_insensitive": False, "dummy4unknown": True}),
]
made = {
    "made_by": f"gensim {gensim.__version__}",
    "words": words,
    "width": width,
    "rows": [float(f"{x:.6g}") for x in rows.ravel()],
    "sections": [{"name": name, "analogies": section} for name, section in sections.items()],
    "pairs": [{"a": a, "b": b, "score": score} for a, b, score in pairs],
    "ofAnalogies": [of_analogies(*both[:1], **both[1]) for both in options],
    "ofPairs": [of_pairs(*both[:1], **both[1]) for both in options],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(made, ensure_ascii=False) + "\n")
