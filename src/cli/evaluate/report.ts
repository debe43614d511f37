// What an evaluation comes to, for people, whatever the task: figures in one line, and tables by class.
import type { ClassReport, Evaluated } from '../../train/recipes.js';
import { count, percent, replacedNote } from '../output.js';

/** What an evaluation comes to: the figures of its task, with tables where there are classes. */
export interface Evaluation extends Evaluated {
	readonly labels?: readonly string[];
	/** `[label][prediction]` counts. */
	readonly confusion?: readonly (readonly number[])[];
	readonly classes?: Readonly<Record<string, ClassReport>>;
	/** Of an ensemble: the accuracy of each model by itself, and which runs they are. */
	readonly memberAccuracies?: readonly number[];
	readonly runs?: readonly string[];
}

/** How an evaluation went, beside what came of it. */
export interface Course {
	readonly origin: string;
	readonly replaced: number;
	readonly seconds: number;
}

/** Figures that are shares. */
const shares = /(accuracy|coverage|match)$/i;

/** Figures that are in percent already, as those of translations are. */
const percents = new Set(['bleu', 'chrf']);

/** The figures of an evaluation, such as `accuracy 93.1%, loss 0.2103`. */
export function figures({ documents: _, cut: __, ...evaluation }: Evaluation): string {
	const numbers = Object.entries(evaluation as Readonly<Record<string, unknown>>).filter(
		(entry): entry is [string, number] => typeof entry[1] === 'number',
	);
	return numbers.map(([name, value]) => `${worded(name)} ${figure(name, value)}`).join(', ');
}

/** A figure as people read it. */
export function figure(name: string, value: number): string {
	if (shares.test(name)) return percent(value);
	if (percents.has(name)) return value.toFixed(2);
	return Number.isInteger(value) && value >= 1000 ? count(value) : value.toFixed(Number.isInteger(value) ? 0 : 4);
}

/** `meanAbsoluteError` as words. */
export const worded = (name: string) =>
	names[name] ??
	name.replace(/([a-z])([A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`).replace(/\bf1\b/, 'F1');

/** Figures that people call otherwise. */
const names: Readonly<Record<string, string>> = {
	ece: 'ECE',
	rocAuc: 'ROC-AUC',
	answeredAccuracy: 'accuracy of what was answered',
	bleu: 'BLEU',
	chrf: 'chrF',
};

/** The figures in one line, with how the evaluation went. */
export function summary(evaluation: Evaluation & Course, encoding: string | undefined): string {
	const { documents, cut, replaced, origin, seconds, ...rest } = evaluation;
	const line = figures({ documents, cut, ...rest });
	const notes = [cut > 0 && `${count(cut)} ${cut === 1 ? 'was' : 'were'} cut at the model's length`, replacedNote(replaced, encoding)];
	return `${line[0]!.toUpperCase()}${line.slice(1)}: ${count(documents)} documents in ${seconds.toFixed(1)} s (${origin})${notes.flatMap((note) => (note ? `; ${note}` : [])).join('')}`;
}

/** The most classes that a confusion matrix is shown of. */
const most = 20;

/** Precision, recall and F1 by class, the confusion matrix, and the models of an ensemble. */
export function report(evaluation: Evaluation): string {
	return byClass(evaluation) + byModel(evaluation);
}

/** The accuracy of each model beside that of all together. */
function byModel({ runs, memberAccuracies = [], ...figures }: Evaluation): string {
	if (!runs) return '';
	const { accuracy } = figures as { accuracy?: number };
	const rows = runs.map((run, place) => [run, percent(memberAccuracies[place]!)]);
	return `${table([['', 'accuracy'], ...rows, ['together', percent(accuracy!)]])}\n`;
}

function byClass({ labels = [], confusion, classes }: Evaluation): string {
	const names = ['', 'precision', 'recall', 'F1', 'answers'];
	const rows = Object.entries(classes ?? {}).map(([name, { precision, recall, f1, support }]) => [
		...[name, percent(precision), percent(recall), percent(f1), count(support)],
	]);
	const scores = rows.length > 0 ? `${table([names, ...rows])}\n` : '';
	if (!confusion || labels.length > most) return scores;
	const counts = confusion.map((row, place) => [labels[place]!, ...row.map(count)]);
	return `${scores}Rows are true labels, columns predictions:\n${table([['', ...labels], ...counts])}\n`;
}

/** Rows of cells below each other: names to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	const line = (row: readonly string[]) =>
		row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)));
	return rows.map((row) => `  ${line(row).join('  ').trimEnd()}\n`).join('');
}
