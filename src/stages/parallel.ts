// Stages in worker threads: chunks of documents go out, results come back in order.
import { availableParallelism } from 'node:os';
import {
	type AddsOf,
	type AnyStage,
	type Chained,
	chain,
	chainParts,
	type Documents,
	documents,
	documentsFrom,
	isLearner,
	type NeedsOf,
	type Source,
	type Spec,
	type Stage,
	specParts,
} from '../stream/index.js';
import { builtInStages } from './built-in.js';
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
export function parallel(
	stages: AnyStage | readonly AnyStage[],
	{
		workers = availableParallelism(),
		signal,
		modules = {},
		keep,
	}: ParallelOptions & { readonly keep?: readonly string[] | undefined } = {},
): AnyStage {
	if (!Number.isInteger(workers) || workers < 1) {
		throw new RangeError(`parallel: expected workers to be a whole number from 1, got ${workers}. Leave it out for one a processor.`);
	}
	const whole = chain(...[stages].flat()) as AnyStage;
	const found = Object.fromEntries(
		Object.entries(modules).map(([stage, { module, export: name = stage }]): [string, StageModule] => [
			stage,
			{ module: String(module), export: name },
		]),
	);
	const known = (spec: Spec) => Object.hasOwn(found, spec.stage) || builtInStages.includes(spec.stage);
	for (const part of chainParts(whole)) {
		const { stage } = part.spec;
		if (isLearner(part)) {
			throw new TypeError(
				`parallel: expected fitted stages, got ${stage}, which has not seen documents. Fit it on what comes before: await ${stage}().fit(pipe(docs, parallel(…))).`,
			);
		}
		if (!specParts(part.spec).every(known)) {
			throw new TypeError(
				`parallel: expected stages of textloom or of your modules, got "${stage}", which a thread cannot find. Say where it is: { modules: { ${JSON.stringify(stage)}: { module: import.meta.url, export: '…' } } }.`,
			);
		}
	}
	const specs = specParts(whole.spec);
	const step = (source: Source<object>): Documents<object> => {
		const docs = documents(source);
		const run = async function* (learner?: Spec, onEnd?: (parts: unknown[]) => void) {
			const crew = createCrew(workers, { stages: specs, modules: found, keep, learner }, signal);
			try {
				const missing = new Set(learner ? [] : keep);
				let count = 0;
				for await (const unpack of inOrder(docs.chunks(), crew)) {
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
				await crew.end({ now: signal?.aborted ?? false });
			}
		};
		const tally = (learner: object) => {
			const { spec } = learner as AnyStage;
			if (!known(spec)) return undefined;
			return (async () => {
				let parts: unknown[] = [];
				for await (const _ of run(spec, (seen) => {
					parts = seen;
				}));
				return parts;
			})();
		};
		return { ...documentsFrom(() => run(), docs.replayable), tally };
	};
	const training = whole.training && {
		training: (epoch: number) => parallel(whole.training!(epoch), { workers, modules, ...(signal && { signal }), keep: keep as undefined }),
	};
	return Object.assign(step, { apply: whole.apply, spec: whole.spec }, training) as unknown as AnyStage;
}
