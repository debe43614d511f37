// A trained model: what it says of documents.
import { inOrder } from '../../stages/index.js';
import { type AnyStage, chainParts, type Documents, documents, documentsFrom, type Source, type With } from '../../stream/index.js';
import { createEncoder } from './encode.js';
import { batchSize, openLogits } from './logits-speaker.js';
import type { ModelConfig } from './model-config.js';
import type { ModelFiles, ReadModel } from './model-folder.js';
import { keepParts } from './model-parts.js';
import { openSequences } from './sequence-speaker.js';
import type { SessionsOptions } from './sessions.js';
import type { Speaker } from './speaker.js';
import type { AnyTask, DocOf, Head, MeasuredOf, SaidOf } from './task.js';

/** What a model says of any document. */
export interface Common {
	/** Whether only the beginning of the document was read: it was longer than the model takes. */
	readonly cut: boolean;
	/** Set where the document was empty, held no known word, or was cut: a sentence for people. */
	readonly warning?: string;
}

/**
 * A trained model, a step for documents: `pipe(docs, model)` adds to each what the model says of it. Its session runs in a worker thread, and so do
 * the stages of texts beyond 65,536 characters, unless one is your own; what is shorter goes through the stages here, a few milliseconds at a
 * time. `close` lets the threads end.
 */
export interface Model<T extends AnyTask = AnyTask> {
	<D extends object>(docs: Source<D>): Documents<With<D, SaidOf<T> & Common>>;
	readonly config: ModelConfig;
	readonly task: T;
	/** What the task makes of its results: how evaluations add up, too. */
	readonly head: Head<DocOf<T>, SaidOf<T>, MeasuredOf<T>>;
	/** The classes of a task that has some, in the order of its numbers. */
	readonly labels: readonly string[];
	/** The stages from a document to what the network reads. */
	readonly stages: AnyStage;
	/** Those of the text to be said, where there is one. */
	readonly target?: AnyStage;
	/** Set where its folder holds a later run that has not come to its end. */
	readonly notice?: string;
	/** What it says of texts or documents, in their order; a text is a document `{ text }`. Several calls may be under way. */
	predict(texts: readonly string[]): Promise<({ readonly text: string } & SaidOf<T> & Common)[]>;
	predict<D extends object>(docs: readonly D[]): Promise<With<D, SaidOf<T> & Common>[]>;
	/** Ends session and thread after the predictions under way; later ones, also of a stream that is not at its end, are refused. */
	close(): Promise<void>;
}

/** Documents that are sorted by length together. */
const window = 16 * batchSize;
/** Windows that are under way, or wait to be taken. */
const windowsAhead = 3;

/** What a model is made of beside its files. */
export interface ModelParts {
	readonly stages: AnyStage;
	/** Those of the text to be said, where there is one. */
	readonly target?: AnyStage | undefined;
	readonly task: AnyTask;
}

/** Makes a model of its files. */
export async function createModel(
	files: ModelFiles | ReadModel,
	{ stages, target, task }: ModelParts,
	options: SessionsOptions = {},
): Promise<Model> {
	const { config, programs, stages: saved } = files;
	const { notice } = { notice: undefined, ...files };
	const head: Head<never, object, object> = task.head(config.task.learned, target && { source: stages, target });
	const parts = { programs, config, options };
	const speaker = await ('say' in head ? openLogits(parts, head) : openSequences(parts, head));
	const encoder = createEncoder(
		stages,
		saved,
		Object.keys(config.inputs).filter((name) => name !== 'lengths'),
	);
	const reading = { maxLength: config.maxLength, unknown: unknownIn(stages) };
	const underWay = new Set<Promise<unknown>>();
	let closed: Promise<void> | undefined;
	/** Does work that `close` waits for. */
	const whileOpen = async <R>(work: () => Promise<R>): Promise<R> => {
		if (closed) throw new Error('predict: expected an open model, got one that was closed. Load it again.');
		const done = work();
		underWay.add(done);
		try {
			return await done;
		} finally {
			underWay.delete(done);
		}
	};
	/** Predictions of documents in windows; those after the one that is being predicted are read and go through the stages meanwhile. */
	const windows = (source: Source<object>, during: typeof whileOpen): Documents<object> => {
		const docs = documents(source, 'predict');
		return documentsFrom(async function* () {
			let underWay = 0;
			let encoding: Promise<unknown> = Promise.resolve();
			const send = async (some: object[], first: number) => {
				underWay++;
				try {
					return await during(async () => {
						// One window after the other.
						const encoded = encoding.then(() => encoder.encode(some, first));
						encoding = encoded.catch(() => {});
						const said = await saidOf(await encoded, speaker, { ...reading, first });
						return some.map((doc, place) => ({ ...doc, ...said[place]! }));
					});
				} finally {
					underWay--;
				}
			};
			yield* inOrder(docs.chunks(), { send, idle: () => underWay === 0, limit: windowsAhead, size: window });
		}, docs.replayable);
	};
	const step = (source: Source<object>) => windows(source, whileOpen);
	const model = Object.assign(step, {
		...{ config, task, head, stages },
		...(target && { target }),
		labels: labelsIn(config),
		...(notice !== undefined && { notice }),
		async predict(given: readonly (string | object)[], ...more: unknown[]) {
			if (more.length > 0)
				throw new TypeError('predict: expected texts or documents alone, got more. It has no options: what it says is all that it knows.');
			const docs = documentsIn(given);
			return whileOpen(async () => {
				const all: object[] = [];
				for await (const doc of windows(docs, (work) => work())) all.push(doc);
				return all;
			});
		},
		close() {
			closed ??= Promise.allSettled(underWay).then(async () => {
				await Promise.all([speaker.close(), encoder.close()]);
			});
			return closed;
		},
	});
	keepParts(model, { config, programs: bytesOf(files) });
	return model as unknown as Model;
}

/** What can be read again is not held. */
const bytesOf = (files: ModelFiles | ReadModel) => ('again' in files ? files.again : async () => files.programs);

const labelsIn = ({ head }: ModelConfig): readonly string[] => Object.values((head.id2label ?? {}) as Readonly<Record<string, string>>);

/** Texts or documents as documents. */
export function documentsIn(given: unknown): object[] {
	const next = "Pass one, such as ['a text'].";
	if (!Array.isArray(given)) {
		throw new TypeError(`predict: expected an array of texts or documents, got ${given === null ? 'null' : typeof given}. ${next}`);
	}
	return given.map((one, place) => {
		if (typeof one === 'string') return { text: one };
		if (typeof one === 'object' && one !== null) return one as object;
		const got = one === null ? 'null' : typeof one;
		throw new TypeError(
			`predict: expected an array of texts or documents, got ${got} at place ${place}. Leave it out, or make it a string.`,
		);
	});
}

/** What is known of how documents are read. */
interface Reading {
	readonly maxLength: number;
	readonly unknown: number | undefined;
	/** The number of the first of them in their stream. */
	readonly first: number;
}

/** What the model says of documents that went through its stages. */
async function saidOf(encoded: readonly object[], speaker: Speaker, reading: Reading): Promise<object[]> {
	const said = await speaker.say(encoded, reading.first);
	return said.map((own, place) => ({ ...own, ...commonOf(encoded[place]!, reading) }));
}

/** The id of tokens that the vocabulary of the stages does not have, if there is one. */
const unknownIn = (stages: AnyStage) =>
	(chainParts(stages).find((part) => 'unkId' in part && !('field' in part)) as { unkId?: number } | undefined)?.unkId;

function commonOf(doc: object, { maxLength, unknown }: Omit<Reading, 'first'>): Common {
	const { ids, whole = ids?.length } = doc as { ids?: ArrayLike<number>; whole?: number };
	if (!ids) return { cut: false };
	const cut = whole! > Math.min(maxLength, ids.length);
	if (ids.length === 0) return { cut, warning: 'the text is empty' };
	if (cut) return { cut, warning: `the text was cut at ${Math.min(maxLength, ids.length)} of ${whole} tokens` };
	if (unknown === undefined) return { cut };
	for (let i = 0; i < ids.length; i++) if (ids[i] !== unknown) return { cut };
	return { cut, warning: 'the text has no known word' };
}
