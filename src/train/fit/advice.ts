// What the history of a run says of the model and the data, in one line.
import type { FitRecord } from './position.js';

/** What a run suffers from, and a line that says so with its figures and what to try. */
export interface Advice {
	readonly finding: 'overfits' | 'underfits' | 'unfinished';
	readonly line: string;
}

const shown = (loss: number) => loss.toFixed(3);

/**
 * Overfits: the validation loss has risen by a tenth since its best while the training loss fell. Underfits: the training loss has hardly
 * fallen since the first record. Unfinished: the last validation is the best, and the training loss still falls by 2% a record.
 */
export function advise(history: readonly FitRecord[]): Advice | undefined {
	const [first, last] = [history[0], history.at(-1)];
	if (!first || !last || history.length < 3) return undefined;
	const best = history.reduce((a, b) =>
		(b.validation?.loss ?? Number.POSITIVE_INFINITY) < (a.validation?.loss ?? Number.POSITIVE_INFINITY) ? b : a,
	);
	if (last.validation && last.validation.loss > 1.1 * best.validation!.loss && last.loss < best.loss) {
		const from = `${shown(best.validation!.loss)} (epoch ${best.epoch}) to ${shown(last.validation.loss)} (epoch ${last.epoch})`;
		return {
			finding: 'overfits',
			line: `It overfits: validation loss rose from ${from} while training loss fell to ${shown(last.loss)}. Try more data, more dropout, weight decay or a smaller model.`,
		};
	}
	if (last.loss > 0.95 * first.loss) {
		return {
			finding: 'underfits',
			line: `Training loss only went from ${shown(first.loss)} to ${shown(last.loss)}: if that is not good enough, it underfits. Try another rate, a larger model, or look whether the inputs tell the answer.`,
		};
	}
	if ((!last.validation || best === last) && last.loss < 0.98 * history.at(-2)!.loss) {
		return {
			finding: 'unfinished',
			line: `It was still learning: training loss fell from ${shown(history.at(-2)!.loss)} to ${shown(last.loss)} at the end. Try more epochs.`,
		};
	}
	return undefined;
}
