// Some documents of an evaluation, drawn at random: text, prediction, truth.
import { randomFloat } from '../../base/index.js';
import { excerpt } from '../output.js';

/** A document with what was said of it. */
export interface Sample {
	readonly doc: object;
	readonly said: object;
}

/** The stream of random numbers that draws them. */
const drawing = 0x10000007;

/** Draws `count` of the documents that go by (Vitter 1985, algorithm R), the same ones for the same documents and seed; in their order. */
export function drawn(count: number, seed: number): { add(doc: object, said: object): void; readonly samples: readonly Sample[] } {
	const kept: (Sample & { readonly number: number })[] = [];
	let seen = 0;
	return {
		add(doc, said) {
			const number = seen++;
			const place = number < count ? number : Math.floor(randomFloat(seed, drawing, number) * (number + 1));
			if (place < count) kept[place] = { number, doc, said };
		},
		get samples() {
			return [...kept].sort((a, b) => a.number - b.number).map(({ doc, said }) => ({ doc, said }));
		},
	};
}

/** What is said of a document, by the fields that tasks have. */
function saidOf({ label, score, value, tags, translation }: Readonly<Record<string, unknown>>): string {
	if (translation !== undefined) return shown(translation);
	if (tags !== undefined) return shown(tags);
	if (value !== undefined) return (value as number).toFixed(4);
	const chance = typeof score === 'number' ? ` (${(100 * score).toFixed(1)}%)` : '';
	return `${label === null ? 'none' : shown(label)}${chance}`;
}

const shown = (value: unknown) => (Array.isArray(value) ? value.join(' ') || 'none' : String(value));

/** The fields that documents have, of whatever task. */
interface Shown {
	readonly text?: string;
	readonly tokens?: readonly string[];
	readonly label?: unknown;
	readonly tags?: unknown;
	readonly target?: string;
}

/** Three lines for each: the beginning of the text, what was said, what is true. */
export function samplesReport(samples: readonly Sample[]): string {
	const lines = samples.map(({ doc, said }) => {
		const { text, tokens = [], label, tags, target } = doc as Shown;
		return `  text        ${excerpt(text ?? tokens.join(' '), 100)}\n  prediction  ${saidOf(said as Record<string, unknown>)}\n  truth       ${shown(target ?? tags ?? label)}\n`;
	});
	return lines.length > 0 ? `${lines.join('\n')}\n` : '';
}
