# Subword models that Hugging Face's trainers (tokenizers 0.23) make of the sample corpus: python test/golden/text/subwords.py > test/golden/text/subwords.json
import csv, json, os
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "../../../corpora/samples/ag-news.csv"), newline="") as f:
    docs = [" ".join(row[1:]) for row in csv.reader(f)]


def trained(model, pre_tokenizer, trainer, normalizer=None):
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizer
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.train_from_iterator(docs, trainer)
    return json.loads(tokenizer.to_str())["model"], sum(len(e) for e in tokenizer.encode_batch(docs))


metaspace = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(__import__("tokenizers").Regex(r"\s+"), " ")])
byte_level, byte_level_tokens = trained(
    models.BPE(),
    pre_tokenizers.ByteLevel(add_prefix_space=False),
    trainers.BpeTrainer(vocab_size=700, min_frequency=2, show_progress=False, special_tokens=["<pad>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()),
)
characters, characters_tokens = trained(
    models.BPE(unk_token="<unk>"),
    pre_tokenizers.Metaspace(),
    trainers.BpeTrainer(vocab_size=500, min_frequency=2, show_progress=False, special_tokens=["<unk>"], limit_alphabet=60),
    metaspace,
)
wordpiece, wordpiece_tokens = trained(
    models.WordPiece(unk_token="[UNK]"),
    pre_tokenizers.BertPreTokenizer(),
    trainers.WordPieceTrainer(vocab_size=500, min_frequency=2, show_progress=False, special_tokens=["[UNK]"]),
    normalizers.BertNormalizer(),
)
unigram, unigram_tokens = trained(
    models.Unigram(),
    pre_tokenizers.Metaspace(),
    trainers.UnigramTrainer(vocab_size=500, show_progress=False, special_tokens=["<unk>"], unk_token="<unk>"),
    metaspace,
)


def ordered(vocab):
    return sorted(vocab, key=vocab.get)


print(
    json.dumps(
        {
            "byteLevel": {"tokens": byte_level_tokens, "vocab": ordered(byte_level["vocab"]), "merges": byte_level["merges"]},
            "characters": {"tokens": characters_tokens, "vocab": ordered(characters["vocab"]), "merges": characters["merges"]},
            # The order of ## tokens is another in each run of theirs.
            "wordpiece": {"tokens": wordpiece_tokens, "vocab": sorted(wordpiece["vocab"])},
            "unigram": {"tokens": unigram_tokens},
        },
        ensure_ascii=False,
    )
)
