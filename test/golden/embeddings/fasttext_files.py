"""Writes small models of fastText's Python package into fasttext_files/, with what it says of them in fasttext_files.json. Run: $PEERS_PYTHON test/golden/embeddings/fasttext_files.py"""
import json
import pathlib
import random
import tempfile
from importlib.metadata import version

import fasttext

here = pathlib.Path(__file__).with_suffix("")
here.mkdir(exist_ok=True)
folder = pathlib.Path(tempfile.mkdtemp())
random.seed(1)
nouns = "river stone bread café naïve 世界 你好 señor 😀 house mill garden".split()
verbs = "runs falls rises breaks shines sleeps".split()
kinds = {"water": "river stone mill".split(), "food": "bread café".split(), "地方": "世界 house garden".split()}


def sentence():
    return " ".join(random.choice(nouns if i % 2 == 0 else verbs) for i in range(random.randint(2, 9)))


def labelled(many=False):
    text = sentence()
    labels = [name for name, words in kinds.items() if set(words) & set(text.split())] or ["none"]
    return " ".join("__label__" + name for name in (labels if many else labels[:1])) + " " + text


def write(name, lines):
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    return str(path)


# A thread fills a tenth of the input matrix, rounded down, and no other does; what is left is memory as it was: NaN, at times.
common = dict(thread=12, verbose=0, dim=4, epoch=20)
plain = write("plain", [sentence() for _ in range(200)])
one = write("one", [labelled() for _ in range(300)])
many = write("many", [labelled(True) for _ in range(300)])
wide = write("wide", [f"__label__{i % 300} w{i % 300} {sentence()}" for i in range(900)])
strange = ["river runs", "stone rises 世界 sleeps", "unknown words here", "bread", "", "  \t garden  mill\u000bhouse ", "rivers stoned __label__water __label__nowhere café"]
words = ["river", "世界", "rivers", "你好世界", "😀😀", "x", "</s>", "naïveté", "é"]
cases = {}


def add(name, model, suffix="bin"):
    path = here / f"{name}.{suffix}"
    model.save_model(str(path))
    case = {
        "words": model.get_words(),
        "vectors": {word: [float(x) for x in model.get_word_vector(word)] for word in words},
        "subwords": {word: [int(i) for i in model.get_subwords(word)[1]] for word in words},
    }
    if model.f.getArgs().model.name == "supervised":
        case["labels"] = model.get_labels()
        case["predictions"] = []
        for k, threshold in [(1, 0.0), (5 if name == "qout" else -1, 0.0), (3, 0.2)]:
            for text in strange + [sentence() for _ in range(5)]:
                found = model.f.predict(text + "\n", k, threshold, "strict")
                case["predictions"].append({"text": text, "k": k, "threshold": threshold, "labels": [label for _, label in found], "scores": [float(p) for p, _ in found]})
        test = many if name == "ova" else one
        case["test"] = {str(k): model.test(test, k) for k in (1, 2)} if name not in ("wide", "qout") else {}
        case["testLabel"] = model.test_label(test, 1) if name not in ("wide", "qout") else {}
    cases[name] = case


add("skipgram", fasttext.train_unsupervised(plain, model="skipgram", minCount=1, bucket=100, minn=2, maxn=4, **common))
add("cbow", fasttext.train_unsupervised(plain, model="cbow", minCount=5, bucket=50, maxn=0, minn=0, loss="hs", **common))
for loss in ["softmax", "hs", "ns"]:
    add(loss, fasttext.train_supervised(one, loss=loss, bucket=100, wordNgrams=3, minn=2, maxn=3, **common))
add("ova", fasttext.train_supervised(many, loss="ova", bucket=100, wordNgrams=2, **common))
add("words", fasttext.train_supervised(one, lr=0.5, **common))
for name, options in {"ftz": {}, "pruned": dict(cutoff=280, qnorm=True, retrain=True, input=one, dsub=3)}.items():
    model = fasttext.train_supervised(one, bucket=300, wordNgrams=2, minn=2, maxn=3, **common)
    model.quantize(thread=1, verbose=0, **options)
    add(name, model, "ftz")
model = fasttext.train_supervised(wide, minCount=1, lr=1.0, **common)
model.quantize(thread=1, verbose=0, qout=True, qnorm=True)
add("qout", model, "ftz")
(here / "one.txt").write_text(open(one, encoding="utf8").read(), encoding="utf8")
(here / "many.txt").write_text(open(many, encoding="utf8").read(), encoding="utf8")
golden = {"made_by": f"fasttext-numpy2 {version('fasttext-numpy2')}", "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, ensure_ascii=False, allow_nan=True) .replace("NaN", "null") + "\n")
