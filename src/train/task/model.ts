// A trained model: what it says of documents.
import type { Tensor } from '../../graph/index.js';
import { inOrder } from '../../stages/index.js';
import { type AnyStage, type Documents, documents, documentsFrom, type Source, type With } from '../../stream/index.js';
import { arraysOf, batched } from './arrays.js';
import { createEncoder } from './encode.js';
import type { ModelConfig } from './model-config.js';
import type { ModelFiles, ReadModel } from './model-folder.js';
import { keepParts } from './model-parts.js';
import { openSessions, type Sessions, type SessionsOptions } from './sessions.js';
import type { AnyTask, Head, SaidOf } from './task.js';

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
	/** The classes of a task that has some, in the order of its numbers. */
	readonly labels: readonly string[];
	/** The stages from a document to what the network reads. */
	readonly stages: AnyStage;
	/** Set where its folder holds a later run that has not come to its end. */
	readonly notice?: string;
	/** What it says of texts or documents, in their order; a text is a document `{ text }`. Several calls may be under way. */
	predict(texts: readonly string[]): Promise<({ readonly text: string } & SaidOf<T> & Common)[]>;
	predict<D extends object>(docs: readonly D[]): Promise<With<D, SaidOf<T> & Common>[]>;
	/** Ends session and thread after the predictions under way; later ones, also of a stream that is not at its end, are refused. */
	close(): Promise<void>;
}

/** Documents in one batch, and those sorted by length together. */
const batchSize = 64;
const window = 16 * batchSize;
/** Windows that are under way, or wait to be taken. */
const windowsAhead = 3;

/** What a model is made of beside its files. */
export interface ModelParts {
	readonly stages: AnyStage;
	readonly task: AnyTask;
}

/** Makes a model of its files. */
export async function createModel(
	files: ModelFiles | ReadModel,
	{ stages, task }: ModelParts,
	options: SessionsOptions = {},
): Promise<Model> {
	const { config, onnx, stages: saved } = files;
	const { notice } = { notice: undefined, ...files };
	const head: Head<never, object, object> = task.head(config.task.learned);
	const session = await openSessions(onnx, config.inputs, options);
	const names = Object.keys(config.inputs);
	if (!session.inputs.every((name) => names.includes(name)) || !session.outputs.includes('logits')) {
		await session.release();
		const got = `${session.inputs.join(', ') || 'nothing'} to ${session.outputs.join(', ')}`;
		throw new RangeError(`session: expected a model from ${names.join(', ')} to logits, got one from ${got}. Export or copy it again.`);
	}
	const encoder = createEncoder(
		stages,
		saved,
		names.filter((name) => name !== 'lengths'),
	);
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
						const said = await saidOf(await encoded, { session, config, head });
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
		...{ config, task, stages },
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
				await Promise.all([session.release(), encoder.close()]);
			});
			return closed;
		},
	});
	keepParts(model, { config, head, onnx: bytesOf(files) });
	return model as unknown as Model;
}

/** What can be read again is not held. */
const bytesOf = (files: ModelFiles | ReadModel) => ('again' in files ? files.again : async () => files.onnx);

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

interface Running {
	readonly session: Sessions;
	readonly config: ModelConfig;
	readonly head: Head<never, object, object>;
}

/** What the model says of documents that went through its stages. */
async function saidOf(encoded: readonly object[], { session, config, head }: Running): Promise<object[]> {
	const { inputs, maxLength, minLength } = config;
	const arrays = encoded.map((doc) => arraysOf(doc, inputs, maxLength));
	const tokensOf = (doc: number) => Number(arrays[doc]!.lengths?.data[0] ?? 0);
	const byLength = [...encoded.keys()].sort((a, b) => tokensOf(a) - tokensOf(b));
	const starts = Array.from({ length: Math.ceil(encoded.length / batchSize) }, (_, batch) => batch * batchSize);
	const said: object[] = [];
	const runs = starts.map(async (start) => {
		const docs = byLength.slice(start, start + batchSize);
		const batch = batched(
			docs.map((doc) => arrays[doc]!),
			inputs,
			{ least: { time: minLength } },
		);
		const { logits } = await session.run(batch);
		if (logits?.shape.at(-1) !== head.outputs) {
			throw new RangeError(`predict: expected ${head.outputs} logits, got ${logits?.shape.at(-1)}. Train the model again.`);
		}
		for (const [row, doc] of docs.entries()) {
			said[doc] = { ...head.say(rowOf(logits, row, tokensOf(doc)), encoded[doc]!), ...commonOf(encoded[doc]!, maxLength) };
		}
	});
	await Promise.all(runs);
	return said;
}

/** The results of one document: `[outputs]`, or those of its own tokens, `[tokens, outputs]`. */
function rowOf({ shape, data, dtype }: Tensor, row: number, tokens: number): Tensor {
	const [, ...rest] = shape;
	const width = rest.reduce((product, size) => product * size, 1);
	const own = rest.length > 1 ? [tokens, ...rest.slice(1)] : rest;
	const count = own.reduce((product, size) => product * size, 1);
	return { dtype, shape: own, data: (data as Float32Array).subarray(row * width, row * width + count) };
}

/** Id of tokens that the vocabulary does not have. */
const unknown = 1;

function commonOf(doc: object, maxLength: number): Common {
	const { ids } = doc as { ids?: ArrayLike<number> };
	if (!ids) return { cut: false };
	const cut = ids.length > maxLength;
	if (ids.length === 0) return { cut, warning: 'the text is empty' };
	if (cut) return { cut, warning: `the text was cut at ${maxLength} of ${ids.length} tokens` };
	for (let i = 0; i < ids.length; i++) if (ids[i] !== unknown) return { cut };
	return { cut, warning: 'the text has no known word' };
}
