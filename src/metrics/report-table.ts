// The report of classes as a table for people.
import { is, optionsOf } from '../base/index.js';
import type { ClassesReport, ClassScores } from './class-report.js';

/** How numbers are written. */
export interface ReportTableOptions {
	/** Digits after the point. Default 2. */
	readonly digits?: number | undefined;
}

/** A report as a table, the same text as scikit-learn's `classification_report`: `micro avg` in place of the accuracy where classes were left out. */
export function reportTable(report: ClassesReport, options: ReportTableOptions = {}): string {
	const { digits = 2 } = optionsOf('reportTable', options, { digits: is.whole(0) });
	const width = Math.max(...[...report.classes.map(({ name }) => name), 'weighted avg'].map(lengthOf), digits);
	const line = (name: string, ...cells: readonly string[]) =>
		`${' '.repeat(width - lengthOf(name))}${name} ${cells.map((cell) => ` ${cell.padStart(9)}`).join('')}\n`;
	const row = (name: string, { precision, recall, f1 }: ClassScores, support: number) =>
		line(name, ...[precision, recall, f1].map((score) => rounded(score, digits)), String(support));
	const accuracy = report.complete
		? line('accuracy', '', '', rounded(report.accuracy, digits), String(report.support))
		: row('micro avg', report.micro, report.support);
	const classes = report.classes.map((own) => row(own.name, own, own.support)).join('');
	const averages = row('macro avg', report.macro, report.support) + row('weighted avg', report.weighted, report.support);
	return `${line('', 'precision', 'recall', 'f1-score', 'support')}\n${classes}\n${accuracy}${averages}`;
}

/** Characters, as Python counts them. */
const lengthOf = (name: string) => [...name].length;

/** To so many digits; what lies in the middle of two goes to the even one, as in Python (0.125 is 0.12). */
function rounded(value: number, digits: number): string {
	const text = value.toFixed(digits);
	// Only such numbers are in the middle exactly; `toFixed` gives the larger one.
	const middle = (value * 2 ** (digits + 1)) % 2 === 1;
	return middle && Number(text.at(-1)) % 2 === 1 ? (value - 10 ** -digits / 4).toFixed(digits) : text;
}
