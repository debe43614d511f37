// Texts to ids without holding up the event loop: short ones in slices with a turn of the loop between them, long ones in a thread.
import { setImmediate } from 'node:timers/promises';
import { createCrew, type SavedStages } from '../../stages/index.js';
import { type AnyStage, originOf } from '../../stream/index.js';

/** Characters that go through the stages at once: a few milliseconds. A longer text goes to the thread. */
const most = 2 ** 16;

/** Documents through the stages, the first of which is number `first` of its stream. */
export type Encode = (docs: readonly object[], first: number) => Promise<object[]>;

/** Characters of a document: those of its text, else of its tokens. What is neither has no length: the stages say so. */
function lengthOf(doc: object): number {
	const { text, tokens } = doc as { text?: unknown; tokens?: unknown };
	if (typeof text === 'string') return text.length;
	return Array.isArray(tokens) ? tokens.reduce((sum: number, token) => sum + (typeof token === 'string' ? token.length : 0), 0) : 0;
}

/** Documents next to each other that have at most `most` characters together; a longer one is by itself. */
function* slices(docs: readonly object[]): Generator<{ start: number; slice: readonly object[]; long: boolean }> {
	let start = 0;
	while (start < docs.length) {
		let end = start + 1;
		let characters = lengthOf(docs[start]!);
		while (end < docs.length && characters + lengthOf(docs[end]!) <= most) characters += lengthOf(docs[end++]!);
		yield { start, slice: docs.slice(start, end), long: characters > most };
		start = end;
	}
}

/**
 * What encodes by the stages of a model. The thread is started for the first long text, and ends with `close`. It has textloom's stages
 * only: where one is the user's own, long texts go through them here. `fields` are those that the model reads.
 */
export function createEncoder(stages: AnyStage, saved: SavedStages, fields: readonly string[]): { encode: Encode; close(): Promise<void> } {
	const own = saved.stages.every(({ custom }) => !custom);
	let crew: ReturnType<typeof createCrew> | undefined;
	const apart = async (docs: readonly object[], first: number) => {
		crew ??= createCrew(1, { saved, modules: {}, keep: fields }, undefined);
		// What stages of ours read, and what an error names.
		const sent = docs.map((doc) => {
			const { text, tokens } = doc as { text?: unknown; tokens?: unknown };
			return { ...originOf(doc), ...(text !== undefined && { text }), ...(tokens !== undefined && { tokens }) };
		});
		return (await crew.send(sent, first))();
	};
	return {
		async encode(docs, first) {
			const all: object[] = [];
			for (const { start, slice, long } of slices(docs)) {
				if (start > 0) await setImmediate();
				const encoded: object[] = await (long && own ? apart(slice, first + start) : stages.applyAsync(slice, first + start));
				if (encoded.length !== slice.length) {
					throw new RangeError(
						`predict: expected the model's stages to keep every document, got ${encoded.length} of ${slice.length}. Leave out those that drop or add some.`,
					);
				}
				all.push(...encoded);
			}
			return all;
		},
		close: async () => crew?.end(),
	};
}
