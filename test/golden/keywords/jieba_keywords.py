"""Writes jieba_keywords.json: tokens, tags and keywords by jieba, for our own texts. Run: $PEERS_PYTHON test/golden/keywords/jieba_keywords.py"""
import json
import logging
import pathlib
import tempfile
import zlib

import jieba
import jieba.posseg
from jieba.analyse.textrank import TextRank
from jieba.analyse.tfidf import TFIDF

from texts import chinese

jieba.setLogLevel(logging.ERROR)

# A table of our own, in which a third of the words is missing.
words = sorted({word for text in chinese for word in jieba.lcut(text) if len(word.strip()) > 1})
idf = [[word, zlib.crc32(word.encode()) % 9000 / 1000 + 2] for word in words if zlib.crc32(word.encode()) % 3]
table = "".join(f"{word} {value}\n" for word, value in idf)


def written(text):
    file = tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, encoding="utf8")
    file.write(text)
    file.close()
    return file.name


stops = ["渡轮", "训练", "gpu", "memory"]
tfidf = TFIDF(written(table))
stopped = TFIDF(written(table))
stopped.set_stop_words(written("\n".join(stops)))

cases = []
for text in chinese + ["", "。", "😀", "面包", "constructor __proto__ constructor 面包", chinese[0] + chinese[4]]:
    pairs = [(pair.word, pair.flag) for pair in jieba.posseg.cut(text)]
    ranks = []
    for options in [{}, {"allowPOS": ["n", "nr", "ns", "v", "a", "eng"]}, {"topK": 3}]:
        ranks.append({"options": options, "found": TextRank().textrank(text, **{"topK": None, **options}, withWeight=True)})
    narrow = TextRank()
    narrow.span = 3
    cases.append(
        {
            "tokens": jieba.lcut(text),
            "tagged": {"tokens": [word for word, _ in pairs], "tags": [tag for _, tag in pairs]},
            "tfidf": tfidf.extract_tags(text, topK=None, withWeight=True),
            "top": tfidf.extract_tags(text, topK=4, withWeight=True),
            "nouns": tfidf.extract_tags(text, topK=None, withWeight=True, allowPOS=("n", "ns", "vn")),
            "stopped": stopped.extract_tags(text, topK=None, withWeight=True),
            "ranks": ranks,
            "narrow": narrow.textrank(text, topK=None, withWeight=True),
        }
    )

golden = {"made_by": f"jieba {jieba.__version__}", "idf": idf, "stopwords": sorted(TFIDF.STOP_WORDS), "extra": stops, "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
