// What every stage promises, whatever it does.
import { collect, fromJSON, pipe, toJSON } from 'textloom';
import { documentsFrom } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { docs, examples, stageExamples } from './examples.js';

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

describe.each(stageExamples)('stage %s', (name, stage) => {
	const adds = [
		...examples[name as keyof typeof examples].adds,
		...((stage.spec.options as { offsets?: boolean }).offsets ? ['offsets'] : []),
		...((stage.spec.options as { tags?: boolean }).tags ? ['tags'] : []),
	];

	it('gives nothing for an empty stream', async () => {
		expect(await collect(stage([]))).toEqual([]);
		expect(await stage.applyAsync([])).toEqual([]);
	});

	it('keeps the other fields, and the order', async () => {
		const out = await collect<Record<string, unknown>>(stage(docs));
		if (!stage.sequential) expect(out).toHaveLength(docs.length);
		out.forEach((doc) => {
			const i = (doc.place as { row: number }).row;
			expect(Object.keys(doc).sort()).toEqual([...new Set([...Object.keys(docs[i]!), ...adds])].sort());
			const kept = (all: object) => Object.entries(all).filter(([key]) => !adds.includes(key));
			expect(kept(doc)).toEqual(kept(docs[i]!));
			expect(doc.place).toBe(docs[i]!.place);
		});
	});

	it('does the same to one document, to an array and to a generator', async () => {
		const all = await collect(stage(docs));
		expect(await stage.applyAsync(docs)).toEqual(all);
		if (stage.asynchronous) expect(() => stage.apply(docs)).toThrow(`${name}: expected to be waited for, got apply.`);
		else expect(stage.apply(docs)).toEqual(all);
		// What augment makes of a document depends on its place.
		if (!stage.sequential && name !== 'augment') {
			const alone = await Promise.all(docs.map((doc) => collect(stage([doc]))));
			expect(alone.flat()).toEqual(all);
		}
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

	it('describes itself in JSON and numbers', () => {
		expect(stage.spec.stage).toBe(name);
		expect(fromJSON(JSON.stringify(toJSON(stage))).spec).toEqual(stage.spec);
	});

	// `take` reads no more than it hands on.
	it.skipIf(stage.sequential)('reads nothing before it is iterated, and again at each iteration', async () => {
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

	it.skipIf(stage.sequential)('passes an error on after the documents before it', async () => {
		const { source } = counted(2);
		const read: unknown[] = [];
		const all = async () => {
			for await (const doc of stage(source)) read.push(doc);
		};
		await expect(all()).rejects.toThrow('the disk is gone');
		expect(read).toHaveLength(4);
	});
});
