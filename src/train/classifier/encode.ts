// Texts to ids without holding up the event loop: short ones in slices with a turn of the loop between them, long ones in a thread.
import { setImmediate } from 'node:timers/promises';
import { createCrew, type SavedStages } from '../../stages/index.js';
import { type AnyStage, originOf } from '../../stream/index.js';

/** Characters that go through the stages at once: a few milliseconds. A longer text goes to the thread. */
const most = 2 ** 16;

type Doc = { readonly text: string };

/** Ids of documents, the first of which is number `first` of its stream. */
export type Encode = (docs: readonly Doc[], first: number) => Promise<Int32Array[]>;

/** Documents next to each other that have at most `most` characters together; a longer one is by itself. */
function* slices(docs: readonly Doc[]): Generator<{ start: number; slice: readonly Doc[]; long: boolean }> {
	// What is no text has no length: the stages say so.
	const lengthOf = ({ text }: Doc) => (typeof text === 'string' ? text.length : 0);
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
 * What encodes by the stages of a classifier. The thread is started for the first long text, and ends with `close`. It has textloom's stages
 * only: where one is the user's own, long texts go through them here.
 */
export function createEncoder(stages: AnyStage, saved: SavedStages): { encode: Encode; close(): Promise<void> } {
	const own = saved.stages.every(({ custom }) => !custom);
	let crew: ReturnType<typeof createCrew> | undefined;
	const apart = async (docs: readonly object[], first: number) => {
		crew ??= createCrew(1, { saved, modules: {}, keep: ['ids'] }, undefined);
		return (await crew.send([...docs], first))();
	};
	const encodeSlice = async (docs: readonly Doc[], first: number, long: boolean): Promise<Int32Array[]> => {
		// The other fields stay here; those that an error names go along.
		const texts = docs.map((doc) => ({ ...originOf(doc), text: doc.text }));
		const encoded = (await (long && own ? apart(texts, first) : stages.applyAsync(texts, first))) as { ids: Int32Array }[];
		if (encoded.length === docs.length) return encoded.map(({ ids }) => ids);
		throw new RangeError(
			`classify: expected the model's stages to keep every document, got ${encoded.length} of ${docs.length}. Leave out those that drop or add some.`,
		);
	};
	return {
		async encode(docs, first) {
			const all: Int32Array[] = [];
			for (const { start, slice, long } of slices(docs)) {
				if (start > 0) await setImmediate();
				for (const ids of await encodeSlice(slice, first + start, long)) all.push(ids);
			}
			return all;
		},
		close: async () => crew?.end(),
	};
}
