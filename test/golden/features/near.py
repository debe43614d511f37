"""Writes near.json: bands, signatures and candidates by datasketch, for our own texts. Run: $PEERS_PYTHON test/golden/features/near.py"""
import base64
import json
import pathlib

import datasketch
from datasketch import MinHash, MinHashLSH
from datasketch.lsh import _optimal_param

texts = """the ferry left the harbour before the storm reached the harbour wall and the crew sang all the way home
the ferry left the harbour before the storm reached the harbour wall and the crew sang all the way back
The ferry left the harbour before the storm reached the old harbour wall, and the crew sang all the way home!
oil prices rose as the storm closed two harbours on the northern coast for the third time in a week
oil prices rose again as the storm closed two harbours on the northern coast for the third time in a week
bread prices fell while the sun shone on the southern coast for the first time in a month
the striker scored twice and the crowd sang until the lights of the ground went out
the striker scored twice and the crowd sang until the lights of the ground went out
the keeper saved three shots and the crowd went home before the lights went out
a quiet film about a ferry and its crew who learn to cook together on the long way north
a quiet film about a ferry and its crew who learn to sing together on the long way north
a loud film about a train and its driver
渡轮 在 风暴 到达 港口 之前 离开 了 码头 船员 一路 唱歌 回家
渡轮 在 风暴 到达 港口 之前 离开 了 码头 船员 一路 唱歌 回去
今天 的 天气 很 好 我们 去 公园 散步
😀 the crew 😀 sang 😀 all day long and 🚢 sailed
😀 the crew 😀 sang 😀 all day long and 🚢 left
constructor __proto__ toString hasOwnProperty valueOf constructor prototype
constructor __proto__ toString hasOwnProperty valueOf constructor prototypes
storm storm storm storm
storm
ferry""".split("\n")
documents = [text.split() for text in texts]
width, size = 2, 128


def shingles(tokens):
    return {" ".join(tokens[i : i + width]) for i in range(max(1, len(tokens) - width + 1))}


sets = [shingles(tokens) for tokens in documents]
signatures = []
for parts in sets:
    signature = MinHash(num_perm=size)
    signature.update_batch([part.encode() for part in sorted(parts)])
    signatures.append(signature)

indexes = []
for threshold in [0.3, 0.5, 0.8]:
    lsh = MinHashLSH(threshold=threshold, num_perm=size)
    for place, signature in enumerate(signatures):
        lsh.insert(place, signature)
    indexes.append({"threshold": threshold, "candidates": [sorted(lsh.query(signature)) for signature in signatures]})

bands = []
for permutations, weights, steps in [(128, (0.5, 0.5), 20), (64, (0.5, 0.5), 10), (200, (0.5, 0.5), 10), (128, (0.1, 0.9), 10), (128, (0.8, 0.2), 10)]:
    for step in range(1, steps):
        threshold = step / steps
        b, r = _optimal_param(threshold, permutations, *weights)
        bands.append({"threshold": threshold, "permutations": permutations, "weights": weights, "bands": b, "rows": r})

golden = {
    "made_by": f"datasketch {datasketch.__version__}",
    "documents": documents,
    "shingle": width,
    "jaccard": [[len(a & b) / len(a | b) for b in sets] for a in sets],
    "signatures": [base64.b64encode(signature.hashvalues.astype("<u4").tobytes()).decode() for signature in signatures],
    "indexes": indexes,
    "bands": bands,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
