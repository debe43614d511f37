"""Writes words.gz, tags.gz and tag-characters.gz: the hidden Markov models of jieba's finalseg and posseg, packed. Run: $PEERS_PYTHON src/chinese/data/make.py

Numbers are written one after the other: whole ones with 7 bits a byte, the lowest first, doubles little-endian, texts after their length. Each state has a table of
its different values, since they are logarithms of counts; emissions are numbers of rows there.
"""
import gzip
import pathlib
import struct

from jieba.finalseg import prob_emit as word_emit
from jieba.finalseg import prob_start as word_start
from jieba.finalseg import prob_trans as word_trans
from jieba.posseg import char_state_tab, prob_emit, prob_start, prob_trans

folder = pathlib.Path(__file__).parent


class Packed:
    def __init__(self):
        self.bytes = bytearray()

    def whole(self, value):
        while value > 127:
            self.bytes.append(value & 127 | 128)
            value >>= 7
        self.bytes.append(value)

    def double(self, value):
        self.bytes += struct.pack("<d", value)

    def text(self, value):
        data = value.encode()
        self.whole(len(data))
        self.bytes += data

    def write(self, name):
        (folder / name).write_bytes(gzip.compress(bytes(self.bytes), 9, mtime=0))


def in_blocks(character):
    return len(character) == 1 and "\u4e00" <= character <= "\u9fd5"


words = Packed()
for state in "BS":
    words.double(word_start.P[state])
for before, after in ["EB", "SB", "BM", "MM", "BE", "ME", "ES", "SS"]:
    words.double(word_trans.P[before][after])
for state in "BMES":
    emissions = sorted((c, p) for c, p in word_emit.P[state].items() if in_blocks(c))
    values = sorted({p for _, p in emissions})
    row_of = {p: row for row, p in enumerate(values)}
    words.whole(len(values))
    for value in values:
        words.double(value)
    words.whole(len(emissions))
    last = 0
    for character, p in emissions:
        words.whole(ord(character) - last)
        words.whole(row_of[p])
        last = ord(character)
words.write("words.gz")

# States in the order of Python's tuples, by which ties are decided.
states = sorted(prob_trans.P)
number_of = {state: number for number, state in enumerate(states)}
tags = Packed()
tags.whole(len(states))
rows = []
for state in states:
    tags.text(state[0] + state[1])
    tags.double(prob_start.P[state])
    steps = sorted(prob_trans.P[state].items())
    tags.whole(len(steps))
    for after, p in steps:
        tags.whole(number_of[after])
        tags.double(p)
    values = sorted({p for c, p in prob_emit.P[state].items() if in_blocks(c)})
    rows.append({p: row for row, p in enumerate(values)})
    tags.whole(len(values))
    for value in values:
        tags.double(value)

tags.write("tags.gz")

# For each character its states: the number · 2, and 1 more where the table of states has it; then the row of its emission + 1, or 0.
of = {}
for state in states:
    for character, p in prob_emit.P[state].items():
        if in_blocks(character):
            of.setdefault(character, {})[state] = rows[number_of[state]][p] + 1
listed = {c: set(found) for c, found in char_state_tab.P.items() if in_blocks(c)}
for character, found in listed.items():
    for state in found:
        of.setdefault(character, {}).setdefault(state, 0)
characters = Packed()
characters.whole(len(of))
last = 0
for character in sorted(of):
    characters.whole(ord(character) - last)
    last = ord(character)
    characters.whole(len(of[character]))
    for state, row in sorted(of[character].items()):
        characters.whole(number_of[state] * 2 + (state in listed.get(character, ())))
        characters.whole(row)
characters.write("tag-characters.gz")
