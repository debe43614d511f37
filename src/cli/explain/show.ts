// An explanation on a terminal.
import { segmentsOf } from '../../report/index.js';
import type { Explanation } from '../../train/recipes.js';
import { percent } from '../output.js';

/** What the model says, and what is explained of it. */
export function heading({ prediction, label, method }: Explanation): string {
	const { label: said, score, value } = prediction as { label?: string | readonly string[] | null; score?: number; value?: number };
	const answer = said === undefined ? `${value}` : [said].flat().join(', ') || 'no label';
	const sure = typeof score === 'number' ? ` ${percent(score)}` : '';
	const other = label !== undefined && ![said].flat().includes(label) ? ` of ${label}` : '';
	return `${answer}${sure} (${method}${other})`;
}

/** Backgrounds of the 256 colours, from weak to strong: for the label, and against it. */
const [towards, against] = [
	[195, 153, 117],
	[230, 223, 216],
] as const;

/** The text with words in colour: blue speaks for the label, orange against it. */
export function coloured({ text, tokens }: Explanation): string {
	const segments = segmentsOf(text, tokens);
	const most = segments.reduce((largest, { weight = 0 }) => Math.max(largest, Math.abs(weight)), 0);
	return segments
		.map(({ text: piece, weight = 0 }) => {
			const level = most > 0 ? Math.floor((3 * Math.abs(weight)) / most - 0.25) : -1;
			if (level < 0) return piece;
			return `\x1b[30;48;5;${(weight > 0 ? towards : against)[Math.min(level, 2)]}m${piece}\x1b[0m`;
		})
		.join('');
}

/** Words that are shown with their weights. */
const most = 8;

/** The words of the largest weights, the largest first. */
export function weightsBelow({ tokens }: Explanation): string {
	const order = [...tokens].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, most);
	const shown = order.map(({ token, weight }) => `${token.trim() === '' ? JSON.stringify(token) : token} ${signed(weight)}`);
	return `  ${shown.join('  ') || 'no words'}`;
}

const signed = (weight: number) => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toPrecision(2)}`;
