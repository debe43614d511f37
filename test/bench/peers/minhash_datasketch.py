"""MinHash by datasketch, 128 permutations, for the documents of a file (tokens between spaces, a document a line): documents a second, one thread.

Run: $PEERS_PYTHON test/bench/peers/minhash_datasketch.py FILE WIDTH sha1|crc32
Reading and encoding are not timed; making shingles (WIDTH above 1) and the set of them is. sha1 is datasketch's own hash, crc32 the fastest one without
another package.
"""
import json
import sys
import time
import zlib

import datasketch
from datasketch import MinHash

path, width, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
known = {}
docs = [[known.setdefault(token, token.encode()) for token in line.split(" ") if token] for line in open(path, encoding="utf8", newline="\n").read().split("\n")[:-1]]
options = {"num_perm": 128} if name == "sha1" else {"num_perm": 128, "hashfunc": zlib.crc32}


def shingles(tokens):
    if width == 1:
        return set(tokens)
    return {b" ".join(tokens[i : i + width]) for i in range(max(1, len(tokens) - width + 1))}


for _ in MinHash.generator((shingles(tokens) for tokens in docs[:500]), **options):
    pass
start = time.perf_counter()
count = sum(1 for _ in MinHash.generator((shingles(tokens) for tokens in docs), **options))
seconds = time.perf_counter() - start
print(json.dumps({"documents": count, "docs_per_s": count / seconds, "version": datasketch.__version__}))
