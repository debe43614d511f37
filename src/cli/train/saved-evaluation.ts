// What an evaluation came to, in the run's folder: figures in evaluation.json, and the documents of which something else was said than their answer.
import { join } from 'node:path';
import { writeAllAtomic } from '../../base/index.js';
import { besideModel } from '../../train/task/model-folder.js';

/** Documents that are kept, at most. */
const most = 10_000;

/** Labels whose counts are a table; of more it would be numbers without end, nearly all of them 0. */
const tabled = 1000;

/** A document with its answer, and what was said of it. */
export interface Mistake {
	readonly doc: object;
	readonly said: object;
}

/** Collects what was said wrong. */
export function collectMistakes(): { readonly mistakes: Mistake[]; onMistake(doc: object, said: object): void } {
	const mistakes: Mistake[] = [];
	const onMistake = (doc: object, said: object) => {
		if (mistakes.length < most) mistakes.push({ doc, said });
	};
	return { mistakes, onMistake };
}

/** An evaluation as it is written: of very many labels the confusion has its counts above 0 alone, as `[label, prediction, count]`. */
export function writtenForm<E extends { readonly confusion?: readonly (readonly number[])[] }>(evaluation: E): object {
	const { confusion, ...rest } = evaluation;
	if (!confusion || confusion.length <= tabled) return evaluation;
	const counts = confusion.flatMap((row, label) => row.flatMap((count, said) => (count > 0 ? [[label, said, count]] : [])));
	return { ...rest, confusionCounts: counts };
}

/** Writes both files. */
export async function saveEvaluation(out: string, evaluation: object, mistakes: readonly Mistake[]): Promise<void> {
	await writeAllAtomic({
		[join(out, besideModel.evaluation)]: `${JSON.stringify(writtenForm(evaluation), undefined, 2)}\n`,
		[join(out, besideModel.mistakes)]: mistakes.map((mistake) => `${JSON.stringify(mistake)}\n`).join(''),
	});
}
