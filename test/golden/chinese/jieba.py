"""Writes what jieba 0.42.1 makes of our own lines (own.txt; a file for each mode), and a hash of what it makes of lines of published data (hashes.json).
Run: $PEERS_PYTHON test/golden/chinese/jieba.py DATA"""
import base64
import gzip
import json
import logging
import pathlib
import struct
import sys

sys.path = [path for path in sys.path if pathlib.Path(path or ".").resolve() != pathlib.Path(__file__).parent.resolve()]
import jieba
import jieba.posseg

jieba.setLogLevel(logging.ERROR)
folder = pathlib.Path(__file__).parent
lines = (folder / "own.txt").read_bytes().decode().split("\n")
tagger = jieba.posseg.dt


def tagged(line, hmm):
    return [f"{pair.word}/{pair.flag}" for pair in tagger.lcut(line, HMM=hmm)]


modes = {
    "precise": jieba.lcut,
    "plain": lambda line: jieba.lcut(line, HMM=False),
    "full": lambda line: jieba.lcut(line, cut_all=True),
    "search": jieba.lcut_for_search,
    "search-plain": lambda line: jieba.lcut_for_search(line, HMM=False),
    "tagged": lambda line: tagged(line, True),
    "tagged-plain": lambda line: tagged(line, False),
}
for mode, cut in modes.items():
    rows = ",\n".join(json.dumps(cut(line), ensure_ascii=False, separators=(",", ":")) for line in lines)
    (folder / f"own.{mode}.json").write_text(f"[\n{rows}\n]\n")


def hash_of(tokens):
    """FNV-1a of the tokens joined by U+0001, in UTF-8."""
    value = 0x811C9DC5
    for byte in "\u0001".join(tokens).encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


# Of each file so many lines, the first and each so manieth after it.
samples = [
    ("zh_titles/thucnews_dev.txt.gz", 10000, 1),
    ("zh_titles/thucnews_train_44k.txt.gz", 8000, 5),
    ("zh_titles/nlpcc2017_test.word.tsv.gz", 2000, 18),
    ("zh_sentiment/ChnSentiCorp_htl_all.csv.gz", 5000, 1),
    ("zh_sentiment/online_shopping_10_cats.csv.gz", 9000, 6),
    ("segmentation/msr_test.utf8.gz", 3900, 1),
    ("segmentation/pku_test.utf8.gz", 1900, 1),
    ("segmentation/sxu_test.txt.gz", 2000, 1),
    ("segmentation/pd199801.txt.gz", 1500, 12),
    ("parallel/tatoeba_eng-cmn.txt.gz", 2000, 9),
    ("ag_news/test.csv.gz", 2000, 3),
    ("imdb/test.jsonl.gz", 500, 49),
]
data = pathlib.Path(sys.argv[1])
files = []
for name, count, step in samples:
    all_lines = gzip.open(data / name).read().decode().split("\n")
    chosen = all_lines[: count * step : step]
    hashes = b"".join(struct.pack("<I", hash_of(jieba.lcut(line))) for line in chosen)
    files.append({"file": name, "step": step, "count": len(chosen), "hashes": base64.b64encode(hashes).decode()})
(folder / "hashes.json").write_text(json.dumps(files, indent=1) + "\n")

# What changes a dictionary: each case begins with jieba's own.
cases = [
    {"words": [], "text": "李小福是创新办主任也是云计算方面的专家，韩玉赏鉴和八一双鹿好用吗？easy_install"},
    {"words": ["云计算 5 n", "李小福 2 nr", "easy_install 3 eng", "好用 300", "韩玉赏鉴 3 nz", "八一双鹿 3 nz"],
     "text": "李小福是创新办主任也是云计算方面的专家，韩玉赏鉴和八一双鹿好用吗？easy_install"},
    {"words": ["凱特琳 nz", "台中", "云计算", "T恤 7"], "text": "「台中」正確應該不會被切開。凱特琳穿T恤學云计算aT恤b"},
    {"words": ["石墨烯 1000 n", "石墨烯 2", "墨烯 0"], "text": "石墨烯此時又可以稱為凱特琳了，墨烯"},
    {"words": ["ab 900 eng", "bc 900 eng", "b 5", "abcd 1"], "text": "abcd xabcy a.b bcd 1bc2"},
    {"words": ["New York 5 ns", "\ufeff带标 3 n", "  空白 9 x  ", ""], "text": "New York带标空白的 New York"},
    {"words": ["丰田太省了 0", "杭研 0", "网易 0"], "text": "他来到了网易杭研大厦，我们丰田太省了"},
]
steps = []
for case in cases:
    tokenizer = jieba.Tokenizer()
    jieba.finalseg.Force_Split_Words.clear()
    tokenizer.load_userdict(line.encode() for line in case["words"])
    text = case["text"]
    case["precise"] = tokenizer.lcut(text)
    case["plain"] = tokenizer.lcut(text, HMM=False)
    case["full"] = tokenizer.lcut(text, cut_all=True)
    case["search"] = tokenizer.lcut_for_search(text)
    case["tokens"] = list(tokenizer.tokenize(text))
    case["searched"] = list(tokenizer.tokenize(text, mode="search"))
    case["suggest"] = [
        [parts, tokenizer.suggest_freq(tuple(parts) if isinstance(parts, list) else parts)]
        for parts in ["台中", "云计算", ["中", "将"], ["今天", "天气"], "中国科学院", "ab", "不存在的词语", ["不", "存在"], "😀", "T恤"]
    ]
    case["tagged"] = [f"{pair.word}/{pair.flag}" for pair in jieba.posseg.POSTokenizer(tokenizer).lcut(text)]
    tokenizer.suggest_freq(("方", "面"), tune=True)
    tokenizer.suggest_freq("会被", tune=True)
    tokenizer.del_word("专家")
    tokenizer.del_word("创新")
    tokenizer.add_word("的专", tag="xx")
    case["changed"] = tokenizer.lcut(text)
    case["changed-plain"] = tokenizer.lcut(text, HMM=False)
    case["total"] = tokenizer.total
jieba.finalseg.Force_Split_Words.clear()
breaks = ["", "\r\n", "第一行\r\n第二行\n\r\n \r第三行\u2028x", "\r\n\r\n", " \r\n 中", "😀\r\n", "中文 \u3000 English  text"]
texts = [{"text": text, **{mode: cut(text) for mode, cut in modes.items()}, "tokens": list(jieba.tokenize(text))} for text in breaks]
(folder / "cases.json").write_text(json.dumps({"cases": cases, "texts": texts}, ensure_ascii=False, indent=1) + "\n")
