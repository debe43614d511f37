// What an evaluation comes to, for people.
import type { ClassificationMeasures, Evaluated } from '../../train/recipes.js';

/** What an evaluation of a classifier comes to. */
type Evaluation = ClassificationMeasures & Evaluated;

import { count, percent } from '../output.js';

/** How an evaluation went, beside what came of it. */
export interface Course {
	readonly origin: string;
	readonly replaced: number;
	readonly seconds: number;
}

/** The figures in one line. */
export function summary({ accuracy, loss, documents, cut, replaced, origin, seconds }: Evaluation & Course): string {
	const notes = [
		cut > 0 && `; ${count(cut)} texts were cut at the model's length`,
		replaced > 0 && `; ${count(replaced)} invalid UTF-8 sequences replaced`,
	];
	const figures = `Accuracy ${percent(accuracy)}, loss ${loss.toFixed(4)}: ${count(documents)} documents in ${seconds.toFixed(1)} s (${origin})`;
	return figures + notes.filter(Boolean).join('');
}

/** The confusion matrix, with recall at the end of each row. */
export function table(labels: readonly string[], confusion: readonly (readonly number[])[]): string {
	if (labels.length > 20) return '';
	const width = Math.max(8, ...labels.map((label) => label.length)) + 2;
	const row = (cells: readonly string[]) => `${cells.map((cell) => cell.padStart(width)).join('')}\n`;
	const rows = confusion.map((counts, place) => {
		const all = counts.reduce((a, b) => a + b, 0);
		return row([labels[place]!, ...counts.map(count), all > 0 ? percent(counts[place]! / all) : '–']);
	});
	return `Rows are true labels, columns predictions; the last column is the share found.\n${row(['', ...labels, ''])}${rows.join('')}\n`;
}
