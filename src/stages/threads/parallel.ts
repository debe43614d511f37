// Stages in worker threads: chunks of documents go out, results come back in order.
import { availableParallelism } from 'node:os';
import { argumentOf, is, type Kind, type Kinds, optionsOf } from '../../base/index.js';
import {
	type AddsOf,
	type AnyLearner,
	type AnyStage,
	type Chained,
	chain,
	chainParts,
	type Documents,
	documents,
	documentsFrom,
	isLearner,
	isOwn,
	type LearnOptions,
	type NeedsOf,
	orderOf,
	type Source,
	type Spec,
	type Stage,
	specParts,
} from '../../stream/index.js';
import { type SavedStages, savedStages } from '../saved-stages.js';
import { createCrew } from './crew.js';
import { inOrder } from './in-order.js';
import type { StageModule } from './parallel-worker.js';

/** How `parallel` works. */
export interface ParallelOptions {
	/** Worker threads. Default: as many as the machine runs at once. */
	readonly workers?: number;
	/** Ends the iteration at once; it throws the signal's reason. */
	readonly signal?: AbortSignal;
	/** Where workers find stages of your own, by the name in their specs: a module's URL, and what it exports under `export` (default: the stage's name), a function from options and state to the stage. */
	readonly modules?: Readonly<Record<string, { readonly module: string | URL; readonly export?: string }>>;
}

type AnyOptions = ParallelOptions & { readonly keep?: readonly string[] | undefined };

const kinds: Kinds<AnyOptions> = { workers: is.whole(1), signal: is.signal, modules: is.object, keep: is.texts };

/** Workers would look for a relative URL beside their own file. */
const moduleKind: Kind = {
	expected: 'the whole URL of a module',
	fits: (value) => value instanceof URL || (is.name.fits(value) && !/^\.\.?\//.test(value as string)),
	next: "Write new URL('./stages.js', import.meta.url).",
};

type AsOne<T> = T extends readonly AnyStage[] ? Chained<T> : T;
type Fields<D, K extends string> = { [F in K & keyof D]: D[F] };

/**
 * The stages in worker threads: the same documents in the same order as without. In a worker the stages are made anew of their
 * specs. `keep` names the fields that are wanted of the result; what is left out need not travel back. A learner that is fitted
 * on the result counts in the workers, too. Workers start with each iteration and end with it, however it ends.
 *
 * An error says where it happened: `file:line` for documents that have the fields `file` and `line`, else the document's number; and in which stage.
 *
 * @example
 * const tokens = pipe(csv<{ text: string; label: string }>('news.csv'), parallel([clean(), words()], { workers: 2 }));
 * const fitted = await vocabulary().fit(tokens);
 * const ids = pipe(csv<{ text: string; label: string }>('news.csv'), parallel([clean(), words(), fitted], { workers: 2, keep: ['ids', 'label'] }));
 */
export function parallel<const T extends AnyStage | readonly AnyStage[]>(
	stages: T,
	options?: ParallelOptions & { readonly keep?: undefined },
): Stage<NeedsOf<AsOne<T>>, AddsOf<AsOne<T>>>;
export function parallel<const T extends AnyStage | readonly AnyStage[], const K extends string>(
	stages: T,
	options: ParallelOptions & { readonly keep: readonly K[] },
): <D extends NeedsOf<AsOne<T>>>(docs: Source<D>) => Documents<Fields<D & AddsOf<AsOne<T>>, K>>;
export function parallel(stages: AnyStage | readonly AnyStage[], options: AnyOptions = {}): AnyStage {
	const { workers = availableParallelism(), signal, modules = {}, keep } = optionsOf('parallel', options, kinds);
	const listed: readonly (AnyStage | AnyLearner)[] = [stages].flat();
	for (const [i, stage] of listed.entries()) {
		if (!isLearner(stage)) argumentOf('parallel', `stage ${i + 1}`, stage, is.stage);
	}
	const found = Object.fromEntries(
		Object.entries(modules).map(([stage, place]): [string, StageModule] => {
			const { module, export: name = stage } = optionsOf('parallel', place, { module: is.needed(moduleKind), export: is.name });
			return [stage, { module: String(module), export: name }];
		}),
	);
	const known = (spec: Spec) => isOwn(spec) || Object.hasOwn(found, spec.stage);
	for (const part of listed.flatMap((stage) => chainParts(stage))) checkPart(part, known);
	const whole = chain(...(listed as readonly AnyStage[])) as AnyStage;
	const saved = shared(savedStages(whole.spec, 'parallel'));
	const step = (source: Source<object>): Documents<object> => {
		const docs = documents(source, 'parallel');
		const run = async function* (
			{ learner, by, onProgress, signal: ended }: { learner?: SavedStages; by?: string } & LearnOptions = {},
			onEnd?: (parts: unknown[]) => void,
		) {
			const until = signal && ended ? AbortSignal.any([signal, ended]) : (signal ?? ended);
			const crew = createCrew(workers, { saved, modules: found, keep, learner, by }, until);
			try {
				const missing = new Set(learner ? [] : keep);
				let count = 0;
				for await (const unpack of inOrder(onProgress ? counted(docs, onProgress) : docs.chunks(), crew)) {
					const chunk = unpack();
					for (const field of missing) if (chunk.some((doc) => Object.hasOwn(doc, field))) missing.delete(field);
					count += chunk.length;
					if (chunk.length > 0) yield chunk;
				}
				if (count > 0 && missing.size > 0) {
					throw new TypeError(
						`parallel: expected documents with the fields of keep, got ${count} without "${[...missing].join('", "')}". Name fields that documents have or stages add.`,
					);
				}
				onEnd?.(await crew.parts());
			} finally {
				await crew.end({ now: until?.aborted ?? false });
			}
		};
		const tally = (learner: object, options: LearnOptions & { by?: string } = {}) => {
			const { spec } = learner as AnyLearner;
			if (!known(spec)) return undefined;
			return (async () => {
				let parts: unknown[] = [];
				const seen = (found: unknown[]) => {
					parts = found;
				};
				for await (const _ of run({ ...options, learner: savedStages(spec, 'parallel') }, seen));
				return parts;
			})();
		};
		return { ...documentsFrom(() => run(), docs.replayable), tally };
	};
	const training = whole.training && {
		training: (epoch: number) => parallel(whole.training!(epoch), { workers, modules, ...(signal && { signal }), keep: keep as undefined }),
	};
	const { apply, applyAsync, spec, asynchronous } = whole;
	const order = orderOf(chainParts(whole));
	return Object.assign(step, { apply, applyAsync, spec }, order, asynchronous && { asynchronous }, training) as unknown as AnyStage;
}

/** What threads can do: a stage that they find, has learned, and needs no more of the stream than a chunk. */
function checkPart(part: AnyStage | AnyLearner, known: (spec: Spec) => boolean): void {
	const { stage } = part.spec;
	if (isLearner(part)) {
		throw new TypeError(
			`parallel: expected fitted stages, got ${stage}, which has not seen documents. Fit it on what comes before: await ${stage}().fit(pipe(docs, parallel(…))).`,
		);
	}
	if (part.sequential) {
		throw new TypeError(
			`parallel: expected stages that work on a part of the stream, got ${stage}, which must see all of it. Put it before or after parallel.`,
		);
	}
	if (!specParts(part.spec).every(known)) {
		throw new TypeError(
			`parallel: expected stages of textloom or of your modules, got "${stage}", which a thread cannot find. Put what makes it into a file of its own and say where: { modules: { ${JSON.stringify(stage)}: { module: new URL('./stages.js', import.meta.url), export: '…' } } }.`,
		);
	}
}

/** The same with all numbers in memory that threads share. */
function shared({ stages, numbers }: SavedStages): SavedStages {
	const entries = Object.entries(numbers).map(([name, array]) => {
		if (array.buffer instanceof SharedArrayBuffer) return [name, array] as const;
		const kind = array.constructor as Int32ArrayConstructor;
		const copy = new kind(new SharedArrayBuffer(array.byteLength));
		copy.set(array as Int32Array);
		return [name, copy] as const;
	});
	return { stages, numbers: Object.fromEntries(entries) };
}

/** The chunks of documents as they are read, counted. */
async function* counted(docs: Documents<object>, onProgress: NonNullable<LearnOptions['onProgress']>): AsyncGenerator<object[]> {
	let documents = 0;
	for await (const chunk of docs.chunks()) {
		yield chunk;
		documents += chunk.length;
		onProgress({ documents });
	}
}
