// How good a model is on documents with answers.
import { is, optionsOf } from '../../base/index.js';
import { type Documents, documents, map, pipe, type Source } from '../../stream/index.js';
import type { Predictor } from './predictor.js';
import type { AnyTask, DocOf, MeasuredOf, SaidOf } from './task.js';

/** What every evaluation has. */
export interface Evaluated {
	readonly documents: number;
	/** Documents that were cut at the model's length. */
	readonly cut: number;
}

/** How an evaluation goes. */
export interface EvaluateOptions<T extends AnyTask> {
	readonly onProgress?: (documents: number) => void;
	/** Hears of each document of which something else was said than its answer. */
	readonly onMistake?: (doc: DocOf<T>, said: object) => void;
	/** Hears of each document with what was said of it. */
	readonly onDocument?: (doc: DocOf<T>, said: object) => void;
}

/** Predicts documents and compares with their answers. An answer that the model does not know is an error. */
export async function evaluate<T extends AnyTask, D extends DocOf<T>>(
	model: Predictor<T>,
	docs: Source<D> | Source<Record<string, string>>,
	options: EvaluateOptions<T> = {},
): Promise<MeasuredOf<T> & Evaluated> {
	const { onProgress, onMistake, onDocument } = optionsOf<EvaluateOptions<T>>('evaluate', options, {
		...{ onProgress: is.function, onMistake: is.function, onDocument: is.function },
	});
	const { task, head } = model;
	const state = head.measure.start();
	let count = 0;
	let cut = 0;
	// The document goes along by itself: what is said of it may have fields of the same names.
	const checked = map(
		(doc: object) => {
			// Throws where the model does not know the answer; any text can be compared with what is said.
			if ('say' in head) head.answer(doc as never);
			return { truth: doc };
		},
		{ stage: task.name, needs: task.needs },
	);
	for await (const doc of model(pipe(documents(docs as Source<object>, 'evaluate'), checked)) as Documents<{
		truth: object;
		cut: boolean;
	}>) {
		const { truth, ...said } = doc;
		head.measure.add(state, truth as DocOf<T>, said as SaidOf<T>);
		onDocument?.(truth as DocOf<T>, said);
		if (!head.measure.right(truth as DocOf<T>, said as SaidOf<T>)) onMistake?.(truth as DocOf<T>, said);
		if (said.cut) cut++;
		count++;
		onProgress?.(count);
	}
	if (count === 0) throw new RangeError('evaluate: expected documents with answers, got none. Check the source.');
	return { documents: count, cut, ...head.measure.result(state) };
}
