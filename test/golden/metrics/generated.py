#!/usr/bin/env python3
"""Scores of generated texts by sacreBLEU and NLTK on texts of our own: writes generated.json beside this file.

Options are named as in textloom; null stands for no score. Texts are drawn anew by textloom's random numbers, so that both draw the same."""
import importlib.metadata, json, logging, os, pathlib, random, warnings
import numpy as np
import sacrebleu.significance as significance
from nltk import edit_distance
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from sacrebleu.metrics import BLEU, CHRF, TER

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)
draw = random.Random(23)
NAMES = {
    "tokenizer": "tokenize", "order": "max_ngram_order", "smoothing": "smooth_method", "smoothingValue": "smooth_value", "effectiveOrder": "effective_order",
    "characterOrder": "char_order", "wordOrder": "word_order", "epsilonSmoothing": "eps_smoothing",
    "withoutMarks": "no_punct", "asianSupport": "asian_support", "caseSensitive": "case_sensitive",
}
named = lambda options: {NAMES.get(name, name): value for name, value in options.items()}
streams = lambda references: [[own[at] if at < len(own) else None for own in references] for at in range(max(map(len, references)))]

BLEU_OPTIONS = [
    {}, {"tokenizer": "zh"}, {"tokenizer": "intl"}, {"tokenizer": "char"}, {"tokenizer": "none"}, {"lowercase": True}, {"lowercase": True, "tokenizer": "intl"},
    {"smoothing": "none"}, {"smoothing": "floor"}, {"smoothing": "floor", "smoothingValue": 0.01}, {"smoothing": "floor", "smoothingValue": 0},
    {"smoothing": "add-k"}, {"smoothing": "add-k", "smoothingValue": 0.125}, {"smoothing": "add-k", "smoothingValue": 0, "effectiveOrder": True},
    {"effectiveOrder": True}, {"effectiveOrder": True, "smoothing": "none"}, {"order": 1}, {"order": 2, "tokenizer": "char"}, {"order": 6, "effectiveOrder": True},
]
CHRF_OPTIONS = [
    {}, {"wordOrder": 2}, {"wordOrder": 1, "lowercase": True}, {"whitespace": True}, {"wordOrder": 2, "epsilonSmoothing": True}, {"epsilonSmoothing": True},
    {"characterOrder": 3, "beta": 1}, {"characterOrder": 1, "wordOrder": 4, "beta": 3, "whitespace": True},
]
TER_OPTIONS = [
    {}, {"caseSensitive": True}, {"normalized": True}, {"withoutMarks": True}, {"normalized": True, "asianSupport": True},
    {"withoutMarks": True, "asianSupport": True}, {"normalized": True, "withoutMarks": True, "asianSupport": True, "caseSensitive": True},
]
SENTENCE_OPTIONS = [{}, {"smoothing": "floor"}, {"smoothing": "add-k"}, {"smoothing": "none"}, {"effectiveOrder": False}, {"tokenizer": "char", "lowercase": True}]


def words(alphabet, count):
    return " ".join(draw.choice(alphabet) for _ in range(count))


def moved(text, times):
    """The words of a text with runs of them elsewhere, some changed, put in or left out."""
    found = text.split()
    for _ in range(times):
        start, length = draw.randrange(len(found)), draw.randrange(1, 5)
        run, rest = found[start:start + length], found[:start] + found[start + length:]
        target = draw.randrange(len(rest) + 1)
        found = rest[:target] + run + rest[target:]
        kind = draw.randrange(4)
        place = draw.randrange(len(found))
        if kind == 0: found[place] = "new"
        if kind == 1: found.insert(place, "more")
        if kind == 2 and len(found) > 1: del found[place]
    return " ".join(found)


ABC = [chr(ord("a") + at) for at in range(26)]
LONG = [words(ABC + [a + b for a in ABC for b in "xyz"], count) for count in (8, 15, 30, 60, 90, 140)]
CORPORA = {
    "English, two references": [
        ("The small dog ran over the wet grass.", ["The little dog ran over the grass.", "A small dog ran across the wet grass."]),
        ("It isn't what we'd expected, is it?", ["It is not what we had expected, is it?", "That wasn't what we expected."]),
        ("We saw the lights of the town below us.", ["We saw the lights of the town beneath us.", "Below us we saw the town and its lights."]),
        ("the the the the the", ["the dog", "The dog and the cat and the bird"]),
    ],
    "German": [
        ("Die Größe der Übung überraschte Jörg nicht.", ["Die Größe der Übung hat Jörg nicht überrascht."]),
        ("STRASSE und Straße sind nicht dasselbe.", ["Straße und STRASSE sind nicht das Gleiche!"]),
        ("Am 3.10. kostete es 1.234,50 € – fast 20-30 % mehr.", ["Am 3. Oktober kostete es 1.234,50 €, also 20–30% mehr."]),
        ("Das Haus, das er baute, ist alt.", ["Das Haus ist alt, das er baute."]),
    ],
    "Chinese": [
        ("我们昨天去了北京,天气很好。", ["我们昨天到北京去了，天气非常好。"]),
        ("他买了3本书（共120.5元）！", ["他买了三本书，一共120.5元！"]),
        ("Textloom是一个library，很有用……", ["Textloom是个很有用的库(library)…"]),
        ("“引号”——破折号、顿号；𠀀𠮷字", ["「引号」—破折号、顿号;𠀀𠮷字"]),
        ("カタカナとひらがな。ﾊﾝｶｸ", ["カタカナ・ひらがな、ﾊﾝｶｸ"]),
        ("ひらがな", ["ひらがな"]),
    ],
    "marks": [
        ("Costs: $3.14 (approx.), 1,000 or .5 or 5. at 20-30°C; x-ray - ok", ["Cost: $3.14 (approx), 1,000, or .5, or 5. at 20–30 °C; x-ray -ok"]),
        ("&quot;A &amp; B&quot; &lt;i&gt; &amp;lt; <skipped> end", ['"A & B" <i> < end']),
        ("broken-\nline and\nnext \n-dash", ["brokenline and next dash"]),
        ("John's and James' U.S. e-mail: a_b@c.d/e?f=1#g~h^{i|j}[k]\\`l`", ["John 's and James ' U.S. email: a_b@c.d / e ? f = 1 # g"]),
        ("😀. (hi) …¡hola! ¿qué? ½ ² ٣٫٥ 5٫٣ a.١", ["😀 . ( hi ) … ¡ hola ! ¿ qué ? ½ ² ٣٫٥"]),
        ("...,,,;;; !!! ?.?. -5 5- --", ["... ,,, ;;; !!! ?.? -5 5 - --"]),
        ("ΟΔΟΣ ΣΑΣ İstanbul ẞ ǅ ﬁ", ["οδος σας i̇stanbul ß ǆ fi"]),
        ("'s starts, ends 's", ["'s starts , ends 's"]),
        (".5 at the beginning, 5", [".5 at the beginning, 5."]),
        ("   .5 after spaces , 5   ", [".5 after spaces, 5"]),
        # The same words, which sacreBLEU's TER cuts twice in references.
        ("from ..5 to ,,84", ["from ..5 to ,,84"]),
    ],
    "white space": [
        ("  two  spaces\tand\ttabs  ", ["two spaces and tabs"]),
        ("no\u00a0break\u3000wide\u2009thin\u2028line\u0085next", ["no break wide thin line next"]),
        ("\ufeffmark inside\ufeff words\u200b here", ["mark inside words here"]),
        ("file\u001cgroup\u001drecord\u001eunit\u001f end\u000b\u000c", ["file group record unit end"]),
        (" \t\u3000", ["  "]),
    ],
    "empty hypotheses": [("", ["The dog bit the man."]), ("", ["It was not unexpected.", "No one was surprised."]), ("", [""])],
    "some are empty": [
        ("", ["a cat", "no cat"]), ("the dog", [""]), ("", [""]), ("we saw the lights of the town", ["we saw the lights of the town beneath us", ""]), ("a", ["a"]),
    ],
    "numbers of references vary": [
        ("the small dog ran over the grass", ["the little dog ran over the grass"]),
        ("it rained on the the hill", ["it rained on the hill all day", "on the hill it rained", "the hill was wet"]),
        ("we saw the town", ["we saw the lights of the town", "below us we saw the town"]),
    ],
    "nothing right": [("a b c d e", ["v w x y z"]), ("f", ["u"])],
    "short": [("the dog ran", ["the dog ran off"]), ("yes", ["yes"]), ("oh no", ["no"])],
    "equal": [("The small dog ran over the wet grass and stopped.", ["The small dog ran over the wet grass and stopped."])],
    "shifts": [("d e f g h a b c", ["a b c d e f g h"]), ("b c d e f g a", ["a b c d e f g"]), ("c a b a b d", ["a b d c a b"]), ("a b c d e f g h i j k l", ["g h i j k l a b c d e f"])]
    + [(moved(text, at + 2), [text]) for at, text in enumerate(LONG)] + [(moved(text, 6), [text, moved(text, 3)]) for text in LONG],
    "few words": [(words("abc", 12 + at % 9), [words("abc", 10 + at % 7)]) for at in range(12)],
    "more shifts than are tried": [(words("ab", count), [words("ab", count)]) for count in (40, 80, 120)],
    "very different lengths": [
        (words(ABC, 1), [words(ABC, 130)]), (words(ABC, 2), [words(ABC, 150)]), (words(ABC, 130), [words(ABC, 2)]), (words(ABC, 40), [words(ABC, 100)]),
        ("x " * 60 + "a b c", ["a b c " + "y " * 60]), (words("abcd", 100), [words("abcd", 45)]),
    ],
    "a run that is too long to move at once": [(" ".join(ABC[12:24] + ABC[:12]), [" ".join(ABC[:24])])],
}


def of_bleu(make, pairs, options):
    metric = BLEU(**named(options), **make)
    hypotheses, references = [h for h, _ in pairs], [r for _, r in pairs]
    score = metric.corpus_score(hypotheses, streams(references))
    parts = {"precisions": score.precisions, "brevityPenalty": score.bp, "hypothesis": score.sys_len, "reference": score.ref_len}
    # Matches and totals with what is added to them, as they are kept there.
    return {"score": score.score, "matches": score.counts, "totals": score.totals, **parts, "signature": str(metric.get_signature())}


def of_other(Make, pairs, options):
    metric = Make(**named(options))
    hypotheses, references = [h for h, _ in pairs], [r for _, r in pairs]
    score = metric.corpus_score(hypotheses, streams(references))
    found = {"name": score.name, "score": score.score, "signature": str(metric.get_signature()), "each": [metric.sentence_score(h, r).score for h, r in pairs]}
    return {**found, "edits": score.num_edits, "words": score.ref_length} if Make is TER else found


def sentences(pairs):
    return [{"options": o, "scores": [BLEU(**{"effective_order": True, **named(o)}).sentence_score(h, r).score for h, r in pairs]} for o in SENTENCE_OPTIONS]


METHODS = {"none": "method0", "epsilon": "method1", "add-one": "method2", "geometric": "method3", "length": "method4"}


def of_tokens(hypothesis, references, weights=(0.25,) * 4):
    h, r = hypothesis.split(), [reference.split() for reference in references]
    scores = {name: float(sentence_bleu(r, h, weights, getattr(SmoothingFunction(), method))) for name, method in METHODS.items()}
    half = float(sentence_bleu(r, h, weights, SmoothingFunction(epsilon=0.5).method1))
    return {"hypothesis": h, "references": r, "weights": list(weights), "scores": scores, "epsilon of 0.5": half}


# The random numbers of src/base/random.ts.
M = 0xFFFFFFFF


def mix(x):
    x &= M
    x = ((x ^ (x >> 16)) * 0x21F0AAAD) & M
    x = ((x ^ (x >> 15)) * 0x735A2D97) & M
    return x ^ (x >> 15)


def random_uint32(seed, stream, index):
    first = mix(seed + 0x9E3779B9) ^ stream
    return mix(mix(index ^ mix(first)) + (mix(first + 0x85EBCA6B) ^ seed))


class Drawn:
    """In the place of numpy's generator."""

    def __init__(self, seed):
        self.seed = seed

    def choice(self, count, size, replace):
        return np.array([[int(random_uint32(self.seed, sample, at) / 2**32 * count) for at in range(size[1])] for sample in range(size[0])])


def of_resampling(systems, references, make, options, samples, seed):
    os.environ["SACREBLEU_SEED"] = str(seed)
    kept = significance.np.random.default_rng
    significance.np.random.default_rng = Drawn
    try:
        test = significance.PairedTest(list(systems.items()), {"metric": make(**named(options))}, streams(references), "bs", samples)
        signatures, results = test()
    finally:
        significance.np.random.default_rng = kept
    [name] = [key for key in results if key != "System"]
    found = [{"name": n, "score": r.score, "mean": float(r.mean), "half": float(r.ci), "p": r.p_value} for n, r in zip(results["System"], results[name])]
    return {"metric": name, "options": options, "samples": samples, "seed": seed, "systems": found, "signature": str(signatures[name])}


RIGHT = [words(ABC[:12], 6 + at % 11) for at in range(40)]
TWO = [[text, moved(text, 1)] for text in RIGHT]
SYSTEMS = {"first": [moved(t, 2) for t in RIGHT], "alike": [moved(t, 2) for t in RIGHT], "better": [moved(t, 1) for t in RIGHT], "worse": [moved(t, 4) for t in RIGHT]}
EDITS = [("", ""), ("", "abc"), ("kitten", "sitting"), ("Größe", "Grosse"), ("😀a", "a😀"), ("我们昨天去", "我昨天们去了"), ("abcdef", "abcdef"), ("intention", "execution"), ("aXbYc", "abc")]
RATES = [("the dog ran", "the dog ran off"), ("It  rained on\tthe hill", "it rained on a hill"), ("", "silence"), ("Größe", "Groesse")]


def rates(form):
    pairs = [(form(h), form(r)) for h, r in RATES]
    of = lambda cut: sum(edit_distance(cut(h), cut(r)) for h, r in pairs) / sum(len(cut(r)) for _, r in pairs)
    return {"word": of(str.split), "character": of(list)}


golden = {
    "bleu": {name: [{"options": o, **of_bleu({}, pairs, o)} for o in BLEU_OPTIONS] for name, pairs in CORPORA.items()},
    "chrf": {name: [{"options": o, **of_other(CHRF, pairs, o)} for o in CHRF_OPTIONS] for name, pairs in CORPORA.items()},
    "ter": {name: [{"options": o, **of_other(TER, pairs, o)} for o in TER_OPTIONS] for name, pairs in CORPORA.items()},
    "sentences": {name: sentences(pairs) for name, pairs in CORPORA.items()},
    "corpora": {name: {"hypotheses": [h for h, _ in pairs], "references": [r for _, r in pairs]} for name, pairs in CORPORA.items()},
    "tokens": {
        "two references": of_tokens("the small dog ran over the grass", ["the little dog ran over the grass", "the small dog ran across the wet grass"]),
        "no sequence of three": of_tokens("it is to insure the troops forever hearing", ["it is a guide to action for the troops", "to the party it is"]),
        "too short": of_tokens("the dog ran", ["the dog ran off"]),
        "one token": of_tokens("dog", ["dog"]),
        "one token of two": of_tokens("dog", ["a dog"]),
        "nothing right": of_tokens("a b c d", ["e f g h"]),
        "nothing": of_tokens("", ["e f g h"]),
        "two lengths": of_tokens("the dog ran over the grass", ["the dog ran across the wet grass"], (0.5, 0.5)),
        "five lengths": of_tokens("a b c d e f g h", ["a b c d e x g h y"], (0.1, 0.3, 0.5, 0.05, 0.05)),
        "weights of 0": of_tokens("the dog ran home", ["the dog ran off"], (0.5, 0.5, 0, 0)),
    },
    "resampling": {
        "BLEU": of_resampling(SYSTEMS, [[t] for t in RIGHT], BLEU, {"tokenizer": "none"}, 300, 7),
        "BLEU, two references": of_resampling(SYSTEMS, TWO, BLEU, {"smoothing": "add-k"}, 200, 12345),
        "chrF++": of_resampling(SYSTEMS, TWO, CHRF, {"wordOrder": 2}, 200, 3),
        "TER": of_resampling(SYSTEMS, TWO, TER, {}, 200, 1),
    },
    "systems": {"texts": SYSTEMS, "one": [[t] for t in RIGHT], "two": TWO},
    "edits": {f"{a!r} and {b!r}": {"first": a, "second": b, "distance": edit_distance(a, b)} for a, b in EDITS},
    "rates": {"texts": {"hypotheses": [h for h, _ in RATES], "references": [r for _, r in RATES]}, "plain": rates(str), "lowercase": rates(str.lower)},
}
versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("sacrebleu", "nltk"))
head = f'"what": "Scores of generated texts, see generated.py", "made_by": "{versions}"'
text = lambda value: json.dumps(value, ensure_ascii=True)
parts = ",\n".join(f"{text(part)}: {{\n" + ",\n".join(f"{text(n)}: {text(c)}" for n, c in cases.items()) + "\n}" for part, cases in golden.items())
pathlib.Path(__file__).with_suffix(".json").write_text(f"{{{head},\n{parts}}}\n")
