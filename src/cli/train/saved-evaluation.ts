// What an evaluation came to, in the run's folder: figures in evaluation.json, and the documents of which something else was said than their answer.
import { join } from 'node:path';
import { writeAllAtomic } from '../../base/index.js';
import { besideModel } from '../../train/task/model-folder.js';

/** Documents that are kept, at most: to be read by people. */
const most = 1000;

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

/** Writes both files. */
export async function saveEvaluation(out: string, evaluation: object, mistakes: readonly Mistake[]): Promise<void> {
	await writeAllAtomic({
		[join(out, besideModel.evaluation)]: `${JSON.stringify(evaluation, undefined, 2)}\n`,
		[join(out, besideModel.mistakes)]: mistakes.map((mistake) => `${JSON.stringify(mistake)}\n`).join(''),
	});
}
