// A trained text classifier: from texts to labels.
import { type Labels, labelsOf, padIds } from '../../features/index.js';
import { createRemoteSession, type RemoteSession, type SessionOptions } from '../../graph/index.js';
import { type Revivers, reviveStages } from '../../stages/index.js';
import { type AnyStage, type Documents, documents, documentsFrom, originOf, type Source } from '../../stream/index.js';
import { largest, softmaxRow } from '../fit/validate.js';
import type { ClassifierConfig } from './model-config.js';
import { damaged, modelPath, type ReadModel, readModelFolder } from './model-folder.js';

/** What a classifier says of a text. */
export interface Prediction {
	readonly label: string;
	/** The probability of the label. */
	readonly score: number;
	/** The probability of each label, in the order of `labels`. */
	readonly probabilities: readonly number[];
	/** Whether only the beginning of the text was read: it was longer than the model takes. */
	readonly cut: boolean;
	/** Set where the text was empty, held no known word, or was cut: a sentence for people. */
	readonly warning?: string;
}

/** A text classifier. Its session runs in a worker thread; `close` lets it end. */
export interface TextClassifier {
	readonly config: ClassifierConfig;
	readonly labels: Labels;
	/** The stages from text to ids. */
	readonly stages: AnyStage;
	/** Set where its folder holds a later run that has not come to its end. */
	readonly notice?: string;
	/** Labels of texts, in their order. Several calls may be under way. */
	predict(texts: readonly string[]): Promise<({ readonly text: string } & Prediction)[]>;
	/** A step that adds the prediction to each document of a stream, in order. */
	classify<D extends { text: string }>(docs: Source<D>): Documents<D & Prediction>;
	/** Ends session and thread after the predictions under way; later ones, also of a stream that is not at its end, are refused. */
	close(): Promise<void>;
}

/** How a classifier is loaded. */
export interface LoadOptions extends SessionOptions {
	/** Your own stages of the saved pipeline, by name. */
	readonly stages?: Revivers;
}

/**
 * Loads a classifier from the folder it was saved in.
 *
 * @example
 * const model = await load('runs/ag-news');
 * console.log(await model.predict(['Oil prices rise again']));
 * await model.close();
 */
export async function load(folder: string, { stages: custom, ...options }: LoadOptions = {}): Promise<TextClassifier> {
	const files = await readModelFolder(folder);
	const stages = reviveStages(files.stages, custom) as AnyStage;
	return createClassifier(files, stages, options).catch((error: Error) => {
		// The bytes are those of the checksum, but no model that can run, or one that looks for numbers elsewhere.
		if (error.message.startsWith('session: ')) throw damaged(folder, modelPath, error.message.replace(/\.$/, ''));
		throw error;
	});
}

/** Texts in one batch, and those sorted by length together. */
const batchSize = 64;
const window = 16 * batchSize;

/** Makes a classifier of its files and its stages. */
export async function createClassifier(
	{ config, onnx, notice }: ReadModel,
	stages: AnyStage,
	options: SessionOptions = {},
): Promise<TextClassifier> {
	const labels = labelsOf(config.labels);
	const session = await createRemoteSession(onnx, options);
	if (!session.inputs.every((name) => ['ids', 'lengths'].includes(name)) || !session.outputs.includes('logits')) {
		await session.release();
		const got = `${session.inputs.join(', ') || 'nothing'} to ${session.outputs.join(', ')}`;
		throw new RangeError(`session: expected a model from ids and lengths to logits, got one from ${got}. Export or copy it again.`);
	}
	const underWay = new Set<Promise<unknown>>();
	let closed: Promise<void> | undefined;
	/** Does work that `close` waits for. */
	const whileOpen = async <R>(who: string, work: () => Promise<R>): Promise<R> => {
		if (closed) throw new Error(`${who}: expected an open model, got one that was closed. Load it again.`);
		const done = work();
		underWay.add(done);
		try {
			return await done;
		} finally {
			underWay.delete(done);
		}
	};
	const windows = <D extends { text: string }>(
		source: Source<D>,
		predicted: (docs: readonly D[], first: number) => Promise<(D & Prediction)[]>,
	): Documents<D & Prediction> => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			let waiting: D[] = [];
			let first = 0;
			for await (const chunk of docs.chunks()) {
				// Chunks of a live stream are small, and are not held back; those of a file are large.
				const live = chunk.length < batchSize;
				for (const [place, doc] of chunk.entries()) {
					if (waiting.push(doc) < window && !(live && place === chunk.length - 1)) continue;
					yield await predicted(waiting, first);
					first += waiting.length;
					waiting = [];
				}
			}
			if (waiting.length > 0) yield await predicted(waiting, first);
		}, docs.replayable);
	};
	const predictWindow = async <D extends { text: string }>(docs: readonly D[], first: number): Promise<(D & Prediction)[]> => {
		const texts = docs.map((doc) => ({ ...originOf(doc), text: doc.text }));
		const encoded = (await stages.applyAsync(texts, first)) as { text: string; ids: Int32Array }[];
		if (encoded.length !== docs.length) {
			throw new RangeError(
				`classify: expected the model's stages to keep every document, got ${encoded.length} of ${docs.length}. Leave out those that drop or add some.`,
			);
		}
		const predictions = await predictIds(
			session,
			config,
			labels,
			encoded.map(({ ids }) => ids),
		);
		return docs.map((doc, place) => ({ ...doc, ...predictions[place]! }));
	};
	return {
		config,
		labels,
		stages,
		...(notice !== undefined && { notice }),
		classify: (source) => windows(source, (docs, first) => whileOpen('classify', () => predictWindow(docs, first))),
		async predict(texts) {
			checkTexts(texts);
			return whileOpen('predict', async () => {
				const all: ({ text: string } & Prediction)[] = [];
				const docs = texts.map((text) => ({ text }));
				for await (const doc of windows(docs, predictWindow)) all.push(doc);
				return all;
			});
		},
		close() {
			closed ??= Promise.allSettled(underWay).then(() => session.release());
			return closed;
		},
	};
}

function checkTexts(texts: unknown): void {
	if (!Array.isArray(texts)) {
		const got = texts === null ? 'null' : typeof texts;
		throw new TypeError(`predict: expected an array of texts, got ${got}. Pass one, such as ['a text'].`);
	}
	const place = texts.findIndex((text) => typeof text !== 'string');
	if (place < 0) return;
	const got = texts[place] === null ? 'null' : typeof texts[place];
	throw new TypeError(`predict: expected an array of texts, got ${got} at place ${place}. Leave it out, or make it a string.`);
}

async function predictIds(
	session: RemoteSession,
	config: ClassifierConfig,
	labels: Labels,
	all: readonly Int32Array[],
): Promise<Prediction[]> {
	const { maxLength, minLength } = config;
	const byLength = [...all.keys()].sort((a, b) => all[a]!.length - all[b]!.length);
	const starts = Array.from({ length: Math.ceil(all.length / batchSize) }, (_, batch) => batch * batchSize);
	const predictions: Prediction[] = [];
	const runs = starts.map(async (start) => {
		const docs = byLength.slice(start, start + batchSize);
		const { ids, lengths, size, time } = padIds(
			docs.map((doc) => all[doc]!),
			{ minLength, maxLength },
		);
		const { logits } = await session.run({
			ids: { dtype: 'int32', shape: [size, time], data: ids },
			lengths: { dtype: 'int32', shape: [size], data: lengths },
		});
		if (logits?.shape[1] !== labels.size) {
			throw new RangeError(`classify: expected ${labels.size} logits a text, one a label, got ${logits?.shape[1]}. Train the model again.`);
		}
		for (const [row, doc] of docs.entries()) {
			const scores = (logits.data as Float32Array).subarray(row * labels.size, (row + 1) * labels.size);
			const probabilities = Array.from(softmaxRow(scores));
			const best = largest(scores);
			const warning = warningFor(all[doc]!, maxLength);
			predictions[doc] = {
				label: labels.nameOf(best),
				score: probabilities[best]!,
				probabilities,
				cut: all[doc]!.length > maxLength,
				...(warning !== undefined && { warning }),
			};
		}
	});
	await Promise.all(runs);
	return predictions;
}

/** Id of tokens that the vocabulary does not have. */
const unknown = 1;

function warningFor(ids: Int32Array, maxLength: number): string | undefined {
	if (ids.length === 0) return 'the text is empty';
	if (ids.length > maxLength) return `the text was cut at ${maxLength} of ${ids.length} tokens`;
	return ids.every((id) => id === unknown) ? 'the text has no known word' : undefined;
}
