// A worker of `parallel`: it makes the stages of their specs, then sends documents through them.
import { type Failure, failureOf, moved, serve } from '../../base/index.js';
import { type AnyLearner, type AnyStage, chainParts, numberAll, type Revive, together, togetherAsync } from '../../stream/index.js';
import type { StageFolder } from '../own-stages.js';
import { reviveOf } from '../revive.js';
import type { SavedStages } from '../saved-stages.js';
import { buffersOf, createPacker, createUnpacker, type Packed } from './columns.js';
import { loadStages } from './load-stages.js';

/** Where a stage of the user's own is found: `export` of `module` makes it of options and state. */
export interface StageModule {
	/** URL of the module. */
	readonly module: string;
	readonly export: string;
}

/** What a worker needs to know first. */
export interface Work {
	readonly saved: SavedStages;
	readonly modules: Readonly<Record<string, StageModule>>;
	/** The fields to send back. Default all. */
	readonly keep?: readonly string[] | undefined;
	/** The stage whose tally is filled; then no document comes back. */
	readonly learner?: SavedStages | undefined;
	/** Which of its tallies. Default `tally`. */
	readonly by?: string | undefined;
}

/** What became of a chunk: documents, or what went wrong, which says in which stage, with which document. */
export type Outcome = { readonly packed: Packed } | { readonly failure: Failure };

/** What a worker of `parallel` offers. */
export interface ParallelHandlers {
	readonly [name: string]: (argument: never) => unknown;
	/** `folders` are those of textloom that its stages are in. */
	open(argument: { work: Work; folders: readonly StageFolder[] }): Promise<void>;
	run(chunk: { packed: Packed; first: number }): Promise<Outcome>;
	/** What the learner's tally has seen. */
	part(argument: undefined): unknown;
}

let pack = createPacker();
const unpack = createUnpacker();
let parts: readonly AnyStage[] = [];
let tally: { add(docs: readonly object[], first: number): void; part: unknown } | undefined;

/** The functions that make the user's own stages. */
async function reviversOf(modules: Work['modules']): Promise<Record<string, Revive>> {
	const entries = Object.entries(modules).map(async ([stage, { module, export: name }]): Promise<[string, Revive]> => {
		const found: unknown = ((await import(module)) as Record<string, unknown>)[name];
		if (typeof found === 'function') return [stage, found as Revive];
		throw new TypeError(
			`parallel: expected ${module} to export a function ${name} that makes the stage "${stage}", got ${typeof found}. Export it, or correct modules.`,
		);
	});
	return Object.fromEntries(await Promise.all(entries));
}

const handlers: ParallelHandlers = {
	async open({ work, folders }) {
		const [own, custom] = await Promise.all([loadStages(folders), reviversOf(work.modules)]);
		parts = chainParts(reviveOf(own, work.saved, custom, 'parallel')) as readonly AnyStage[];
		pack = createPacker(work.keep);
		const inPieces = parts.at(-1)!.inPieces?.();
		if (inPieces && !work.learner) parts = [...parts.slice(0, -1), inPieces];
		if (!work.learner) return;
		const [learner] = chainParts(reviveOf(own, work.learner, custom, 'parallel'));
		const how = (learner as unknown as Record<string, AnyLearner['tally']>)[work.by ?? 'tally']!;
		const part = how.start();
		tally = { part, add: (docs, first) => how.add(part, docs, first) };
	},
	async run({ packed, first }) {
		const docs = unpack(packed);
		numberAll(docs, first);
		try {
			let done: object[] = docs;
			// Not as steps of a stream: a generator a chunk would keep dead documents alive until the old generation is collected.
			for (const part of parts) done = await applied(part, done, first);
			if (!tally) {
				const packed = pack(done);
				return moved({ packed }, buffersOf(packed));
			}
			tally.add(done, first);
			return { packed: pack([]) };
		} catch (error) {
			return { failure: failureOf(error) };
		}
	},
	part: () => tally?.part,
};

/** What a stage makes of documents. One that was not made by `map` or `stage` does not say itself where it failed. */
function applied(
	{ spec, apply, applyAsync, asynchronous }: AnyStage,
	docs: readonly object[],
	first: number,
): object[] | Promise<object[]> {
	if (asynchronous) return togetherAsync(spec.stage, docs, first, (some) => applyAsync(some, first));
	return together(spec.stage, docs, first, (some, number) => apply(some, number));
}

serve(handlers);
