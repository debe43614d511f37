// What learns from documents: no stage itself. What it learned makes one.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import { type Documents, documents, documentsFrom, type Source } from './documents.js';
import type { AddsOf, Fields, LearningFields, NeedsOf } from './fields.js';
import { each, together } from './located.js';
import { isOwn, markOwn, type Spec } from './spec.js';
import { type AnyStage, type Description, described, type Stage } from './stage.js';

/**
 * How a learner learns from documents in parts, so that threads can share the work: each fills a part of its own, the parts are merged.
 * A part travels between threads, so it is plain data: arrays, Maps, Sets, numbers.
 */
export interface Tally<FitNeeds extends object, Part, Fitted> {
	/** A part that has seen nothing. */
	start(): Part;
	/** `first` is the number of the first of the documents in their stream, from 0, for errors. */
	add(part: Part, docs: readonly FitNeeds[], first?: number): void;
	/** Adds to `part` what `other` has seen. */
	merge(part: Part, other: Part): void;
	finish(part: Part): Fitted;
}

/** How far the learning has come, and what may end it. */
export interface LearnOptions {
	/** Called as documents are read, with how many there were so far. May throw to end the learning. */
	readonly onProgress?: (progress: { readonly documents: number }) => void;
	/** Ends the learning; `fit` is rejected with the signal's reason. */
	readonly signal?: AbortSignal;
}

const learnKinds: Kinds<LearnOptions> = { onProgress: is.function, signal: is.signal };

/**
 * Learns from documents with the fields `FitNeeds`; what it learned makes a stage from `Needs` to `Adds`. A classifier needs the label to learn
 * and not to be applied.
 */
export interface Learner<
	FitNeeds extends object,
	Needs extends object,
	Adds extends object,
	Fitted extends Stage<Needs, Adds> = Stage<Needs, Adds>,
> extends Fields<Needs, Adds>,
		LearningFields<FitNeeds> {
	readonly spec: Spec;
	fit(docs: Source<FitNeeds>, options?: LearnOptions): Promise<Fitted>;
	/** Set where the learning can be shared among threads. */
	readonly tally?: Tally<FitNeeds, unknown, Fitted>;
}

/** A learner of any fields. */
// biome-ignore lint/suspicious/noExplicitAny: as in AnyStage.
export type AnyLearner = Learner<any, any, any>;

/** A learner of the stage `Fitted`. */
export type LearnerOf<FitNeeds extends object, Fitted extends AnyStage> = Learner<FitNeeds, NeedsOf<Fitted>, AddsOf<Fitted>, Fitted>;

/** Whether something has to learn before it is a stage. */
export function isLearner(candidate: AnyStage | AnyLearner): candidate is AnyLearner {
	return typeof candidate !== 'function' && typeof candidate?.fit === 'function';
}

/**
 * Makes a learner of a tally, or of a function from documents to the fitted stage.
 *
 * @example
 * const longest = learner({
 * 	start: () => ({ most: 0 }),
 * 	add: (part, docs: readonly { text: string }[]) => { for (const { text } of docs) part.most = Math.max(part.most, text.length); },
 * 	merge: (part, other) => { part.most = Math.max(part.most, other.most); },
 * 	finish: ({ most }) => map(({ text }: { text: string }) => ({ share: text.length / most }), { stage: 'longest', state: most }),
 * }, { stage: 'longest' });
 */
export function learner<FitNeeds extends object, Fitted extends AnyStage, Part = never>(
	how: ((docs: Documents<FitNeeds>) => Promise<Fitted>) | Tally<FitNeeds, Part, Fitted>,
	description: Description<FitNeeds> = {},
): LearnerOf<FitNeeds, Fitted> {
	argumentOf('learner', 'how', how, howKind);
	const { spec, check } = described('learner', how, description);
	const name = spec.stage;
	const passed = (fitted: Fitted) => (isOwn(spec) ? markOwn(fitted) : fitted);
	if (typeof how === 'function') {
		const fit = async (source: Source<FitNeeds>, options: LearnOptions = {}) =>
			passed(
				await how(watched(documents(source, name), optionsOf(name, options, learnKinds), (docs, first) => each(name, docs, first, check))),
			);
		return { spec, fit } as unknown as LearnerOf<FitNeeds, Fitted>;
	}
	const add = (part: Part, docs: readonly FitNeeds[], first = 0) => {
		each(name, docs, first, check);
		together(name, docs, first, (some, number) => how.add(part, some, number));
	};
	const tally = { ...how, add, finish: (part: Part) => passed(how.finish(part)) };
	const fit = async (source: Source<FitNeeds>, options: LearnOptions = {}) => {
		const docs = documents(source, name);
		const known = optionsOf(name, options, learnKinds);
		// Documents that come out of threads are counted there.
		const parts = (await docs.tally?.(whole as AnyLearner, known)) as Part[] | undefined;
		const sum = how.start();
		let first = 0;
		if (parts) for (const part of parts) how.merge(sum, part);
		else {
			for await (const chunk of watched(docs, known).chunks()) {
				add(sum, chunk, first);
				first += chunk.length;
			}
		}
		return tally.finish(sum);
	};
	const whole = { spec, fit, tally };
	return whole as unknown as LearnerOf<FitNeeds, Fitted>;
}

const howKind = {
	expected: 'a function from documents to the fitted stage, or a tally { start, add, merge, finish }',
	fits: (value: unknown) =>
		typeof value === 'function' ||
		['start', 'add', 'merge', 'finish'].every((name) => typeof (value as Record<string, unknown> | null)?.[name] === 'function'),
};

/** The documents as they are read for learning: looked at, counted, ended by the signal. */
function watched<D>(
	docs: Documents<D>,
	{ onProgress, signal }: LearnOptions,
	look?: (docs: readonly D[], first: number) => void,
): Documents<D> {
	return documentsFrom(async function* () {
		signal?.throwIfAborted();
		let first = 0;
		for await (const chunk of docs.chunks()) {
			signal?.throwIfAborted();
			look?.(chunk, first);
			first += chunk.length;
			yield chunk;
			onProgress?.({ documents: first });
		}
	}, docs.replayable);
}
