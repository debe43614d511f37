// A worker of `parallel`: it makes the stages of their specs, then sends documents through them.
import {
	type AnyStage,
	chainParts,
	type Failure,
	failureOf,
	type Json,
	type Learner,
	numberAll,
	numberOf,
	type Spec,
	serve,
} from '../stream/index.js';
import { type Revive, reviveStages } from './built-in.js';
import { createPacker, createUnpacker, type Packed } from './columns.js';

/** Where a stage of the user's own is found: `export` of `module` makes it of options and state. */
export interface StageModule {
	/** URL of the module. */
	readonly module: string;
	readonly export: string;
}

/** What a worker needs to know first. */
export interface Work {
	readonly stages: readonly Spec[];
	readonly modules: Readonly<Record<string, StageModule>>;
	/** The fields to send back. Default all. */
	readonly keep?: readonly string[] | undefined;
	/** The stage whose tally is filled; then no document comes back. */
	readonly learner?: Spec | undefined;
}

/** What became of a chunk: documents, or what went wrong, in which stage, with which document. */
export type Outcome =
	| { readonly packed: Packed }
	| { readonly failure: Failure; readonly stage: string; readonly number?: number | undefined };

/** What a worker of `parallel` offers. */
export interface ParallelHandlers {
	readonly [name: string]: (argument: never) => unknown;
	open(work: Work): Promise<void>;
	run(chunk: { packed: Packed; first: number }): Promise<Outcome>;
	/** What the learner's tally has seen. */
	part(argument: undefined): unknown;
}

const pack = createPacker();
const unpack = createUnpacker();
let parts: readonly AnyStage[] = [];
let keep: readonly string[] | undefined;
let tally: { add(docs: readonly object[]): void; part: unknown; stage: string } | undefined;

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
	async open(work) {
		const custom = await reviversOf(work.modules);
		parts = chainParts(reviveStages(work.stages, custom, 'parallel'));
		keep = work.keep;
		if (!work.learner) return;
		const learner = chainParts(reviveStages([work.learner], custom, 'parallel'))[0] as unknown as Learner<object, object>;
		const how = learner.tally!;
		const part = how.start();
		tally = { part, stage: work.learner.stage, add: (docs) => how.add(part, docs) };
	},
	async run({ packed, first }) {
		const docs = unpack(packed);
		numberAll(docs, first);
		let done: object[] = docs;
		for (const part of parts) {
			try {
				// Not as a step of a stream: a generator a chunk would keep dead documents alive until the old generation is collected.
				done = part.applyAsync ? await part.applyAsync(done) : part.apply(done);
			} catch (error) {
				return failed(error, part.spec.stage, await culprit(part, done));
			}
		}
		if (!tally) return { packed: pack(keep ? done.map((doc) => only(doc, keep!)) : done) };
		try {
			tally.add(done);
			return { packed: pack([]) };
		} catch (error) {
			return failed(error, tally.stage, undefined);
		}
	},
	part: () => tally?.part,
};

function failed(error: unknown, stage: string, number: number | undefined): Outcome {
	return { failure: failureOf(error), stage, number };
}

/** The number of the first document that fails by itself. */
async function culprit(part: AnyStage, docs: readonly object[]): Promise<number | undefined> {
	for (const doc of docs) {
		try {
			await (part.applyAsync ?? part.apply)([doc]);
		} catch {
			return numberOf(doc);
		}
	}
	return undefined;
}

function only(doc: object, fields: readonly string[]): object {
	return Object.fromEntries(
		fields.filter((field) => Object.hasOwn(doc, field)).map((field) => [field, (doc as Record<string, Json>)[field]]),
	);
}

serve(handlers);
