#!/usr/bin/env python3
"""Train gensim's Word2Vec or FastText on one tokenised sentence a line, and compare with what people say of pairs of words:
vectors_gensim.py FILE skipgram|cbow|hs|fasttext SEED PAIRS...; print one JSON line."""
import json, sys, time
from gensim.models import FastText, Word2Vec

path, kind, seed, *files = sys.argv[1:]
options = dict(vector_size=100, window=5, min_count=5, sample=1e-3, workers=2, epochs=1, seed=int(seed), sg=int(kind != "cbow"))
if kind == "hs":
    options.update(hs=1, negative=0)
else:
    options.update(negative=5)
start = time.perf_counter()
model = (FastText if kind == "fasttext" else Word2Vec)(corpus_file=None, **options)
from gensim.models.word2vec import LineSentence
sentences = LineSentence(path)
model.build_vocab(sentences)
vocab_s = time.perf_counter() - start
start = time.perf_counter()
model.train(sentences, total_examples=model.corpus_count, epochs=1)
train_s = time.perf_counter() - start
if kind == "fasttext":
    # Of the words of the vocabulary, as ours.
    from gensim.models import KeyedVectors
    known = KeyedVectors(100)
    known.add_vectors(model.wv.index_to_key, model.wv.vectors)
else:
    known = model.wv
found = []
for file in files:
    pearson, spearman, unknown = known.evaluate_word_pairs(file)
    found.append({"spearman": float(spearman[0]), "unknown": unknown})
print(json.dumps({"train_s": round(train_s, 2), "words_per_s": round(model.corpus_total_words / train_s), "vocab_s": round(vocab_s, 2), "pairs": found}))
