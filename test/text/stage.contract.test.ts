// What every stage promises, whatever it does. A new stage is one row.
import {
	type AnyStage,
	augment,
	basicEnglish,
	characters,
	clean,
	collect,
	ends,
	labels,
	pipe,
	regexp,
	sentences,
	stem,
	stopwords,
	subwords,
	tfidf,
	vocabulary,
	whitespace,
	words,
} from 'textloom';
import { documentsFrom } from 'textloom/stream';
import { describe, expect, it } from 'vitest';

const docs = ['Storm <b>closes</b> the harbour', 'Ferry crew sings again', ''].map((text, i) => ({
	text,
	tokens: text.split(' '),
	label: i % 2 ? 'odd' : 'even',
	place: { row: i },
}));

const wordLevel = {
	pre_tokenizer: { type: 'Whitespace' },
	model: { type: 'WordLevel', vocab: { '<unk>': 0, ferry: 1, crew: 2 }, unk_token: '<unk>' },
};

/** Each stage, ready to use, with the fields that it adds or replaces. */
const stages: [name: string, adds: string, stage: AnyStage][] = [
	['clean', 'text', clean()],
	['words', 'tokens', words()],
	['basicEnglish', 'tokens', basicEnglish()],
	['whitespace', 'tokens', whitespace()],
	['regexp', 'tokens', regexp({ pattern: '[a-z]+' })],
	['characters', 'tokens', characters()],
	['sentences', 'sentences', sentences()],
	['stopwords', 'tokens', stopwords()],
	['ends', 'tokens', ends({ first: 'bos', last: 'eos' })],
	['augment', 'tokens', augment()],
	['stem', 'tokens', stem({ language: 'en' })],
	['subwords', 'tokens ids', subwords(wordLevel)],
	['vocabulary', 'ids', await vocabulary().fit(docs)],
	['labels', 'target', await labels().fit(docs)],
	['tfidf', 'weights', await tfidf().fit(docs)],
];

/** Many chunks of documents, counted as they are asked for; the one after `fail` is an error. */
function counted(fail = Number.POSITIVE_INFINITY) {
	const state = { chunks: 0, closed: false };
	const source = documentsFrom(async function* () {
		try {
			for (;;) {
				if (++state.chunks > fail) throw new Error('the disk is gone');
				yield docs.slice(0, 2);
			}
		} finally {
			state.closed = true;
		}
	});
	return { source, state };
}

describe.each(stages)('stage %s', (name, adds, stage) => {
	it('gives nothing for an empty stream', async () => {
		expect(await collect(stage([]))).toEqual([]);
		expect(stage.apply([])).toEqual([]);
	});

	it('keeps the other fields, and the order', async () => {
		const out = await collect<Record<string, unknown>>(stage(docs));
		expect(out).toHaveLength(docs.length);
		out.forEach((doc, i) => {
			expect(Object.keys(doc).sort()).toEqual([...new Set([...Object.keys(docs[i]!), ...adds.split(' ')])].sort());
			const kept = (all: object) => Object.entries(all).filter(([key]) => !adds.split(' ').includes(key));
			expect(kept(doc)).toEqual(kept(docs[i]!));
			expect(doc.place).toBe(docs[i]!.place);
		});
	});

	it('does the same to one document, to an array and to a generator', async () => {
		const all = await collect(stage(docs));
		expect(stage.apply(docs)).toEqual(all);
		const alone = await Promise.all(docs.map((doc) => collect(stage([doc]))));
		expect(alone.flat()).toEqual(all);
		const generated = (function* () {
			yield* docs;
		})();
		expect(await collect(stage(generated))).toEqual(all);
	});

	it('does not touch its input', async () => {
		const before = structuredClone(docs);
		const frozen = docs.map((doc) => Object.freeze({ ...doc, tokens: Object.freeze([...doc.tokens]) as string[] }));
		await collect(stage(frozen));
		expect(docs).toEqual(before);
	});

	it('describes itself in plain JSON', () => {
		expect(stage.spec.stage).toBe(name);
		expect(JSON.parse(JSON.stringify(stage.spec))).toEqual(stage.spec);
	});

	it('reads nothing before it is iterated, and again at each iteration', async () => {
		const { source, state } = counted(3);
		const out = stage(source);
		expect(state.chunks).toBe(0);
		await expect(collect(out)).rejects.toThrow('the disk is gone');
		const again = stage(docs);
		expect(await collect(again)).toEqual(await collect(again));
		expect(again.replayable).toBe(true);
	});

	it('stops reading when it is left early', async () => {
		const { source, state } = counted();
		for await (const _ of pipe(source, stage)) break;
		expect(state).toEqual({ chunks: 1, closed: true });
	});

	it('passes an error on after the documents before it', async () => {
		const { source } = counted(2);
		const read: unknown[] = [];
		const all = async () => {
			for await (const doc of stage(source)) read.push(doc);
		};
		await expect(all()).rejects.toThrow('the disk is gone');
		expect(read).toHaveLength(4);
	});
});
