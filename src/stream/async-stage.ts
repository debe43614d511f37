// Stages whose work is asynchronous: a call to a model elsewhere, a database, a native library with threads of its own.
import { argumentOf, is } from '../base/index.js';
import { chunkwise, documents, type Source } from './documents.js';
import { each, eachTogether, togetherAsync } from './located.js';
import { type Described, type Description, described, type Stage } from './stage.js';

/**
 * Makes a stage from an asynchronous function over an array of documents, which may drop documents or add some. Errors as in `stage`.
 *
 * @example
 * const embedded = asyncStage(async (docs: readonly { text: string }[]) => {
 * 	const vectors = await embed(docs.map(({ text }) => text));
 * 	return docs.map((doc, place) => ({ ...doc, vector: vectors[place]! }));
 * });
 */
export function asyncStage<Needs extends object, Adds extends object = object>(
	work: (docs: readonly Needs[]) => Promise<(Needs & Adds)[]>,
	description: Description<Needs> = {},
): Stage<Needs, Adds> {
	argumentOf('asyncStage', 'work', work, is.function);
	const whole = described('asyncStage', work, description);
	return made(whole, (docs, first) => togetherAsync(whole.spec.stage, docs, first, work));
}

/** Documents that a function may work on at the same time. */
const together = 16;

/**
 * Makes a stage from a function that computes the fields to add (or replace) from one document and may be asynchronous. Up to 16 documents
 * are under way at once; they come out in their order. Errors as in `stage`.
 *
 * @example
 * pipe(docs, asyncMap(async ({ url }: { url: string }) => ({ text: await (await fetch(url)).text() })));
 */
export function asyncMap<Needs extends object, Adds extends object>(
	add: (doc: Needs) => Promise<Adds> | Adds,
	description: Description<Needs> = {},
): Stage<Needs, Adds> {
	argumentOf('asyncMap', 'the function', add, is.function);
	const whole = described<Needs>('asyncMap', add, description);
	return made<Needs, Adds>(whole, async (docs, first) => {
		const added = await eachTogether(whole.spec.stage, docs, first, { work: add, most: together });
		return docs.map((doc, place) => ({ ...doc, ...added[place]! }));
	});
}

function made<Needs extends object, Adds extends object>(
	{ spec, check }: Described,
	work: (docs: readonly Needs[], first: number) => Promise<(Needs & Adds)[]>,
): Stage<Needs, Adds> {
	const applyAsync = async (docs: readonly Needs[], first = 0) => {
		each(spec.stage, docs, first, check);
		return work(docs, first);
	};
	const step = (source: Source<Needs>) => chunkwise(documents(source), () => applyAsync);
	const apply = () => {
		throw new TypeError(
			`${spec.stage}: expected to be waited for, got apply. Use applyAsync, or send documents through it: pipe(docs, stage).`,
		);
	};
	return Object.assign(step, { apply, applyAsync, spec, asynchronous: true }) as unknown as Stage<Needs, Adds>;
}
