// The line of a training under way: how far, how good, how fast, how long.
import type { FitProgress } from '../../train/fit/fit-loop.js';
import type { FitRecord } from '../../train/fit/position.js';
import { figure } from '../evaluate/report.js';
import { durationOf } from '../flags/duration.js';
import { bar, count } from '../output.js';

/** What a line knows beside the progress. */
export interface Around {
	/** The last record, if there is one. */
	readonly last: FitRecord | undefined;
	/** Whether the run may end before its epochs are over. */
	readonly early: boolean;
	/** Seconds until it is stopped, if it is. */
	readonly limit: number | undefined;
	readonly columns: number;
}

/** One line of at most `columns` characters, with a bar in what is left of them. */
export function progressLine(progress: FitProgress, around: Around): string {
	const { epoch, epochs, samples, ofSamples, loss, samplesPerSecond } = progress;
	const left = secondsLeft(progress, around);
	const parts = [
		`loss ${loss.toFixed(4)}`,
		...measured(around.last),
		`${count(samplesPerSecond)} docs/s`,
		...(left === undefined ? [] : [`${around.early ? 'up to ' : ''}${durationOf(left)} left`]),
	];
	const [begin, end] = [`epoch ${epoch}/${epochs} `, parts.map((part) => `  ${part}`).join('')];
	const room = around.columns - 1 - begin.length - end.length - 2;
	const shown = room >= 6 ? bar(samples / (ofSamples ?? samples), Math.min(room, 24)) : '';
	return `${begin}${shown}${end}`;
}

/** The figure that chooses the best epoch, as the last validation has it; its loss where there is no other. */
function measured(last: FitRecord | undefined): string[] {
	if (!last?.validation) return [];
	const figures = Object.entries(last.validation);
	const [name, value] = figures.find(([name]) => name !== 'loss') ?? figures[0]!;
	return [`${name === 'loss' ? 'validation ' : ''}${name} ${figure(name, value)}`];
}

/** Seconds to the end of the last epoch, with a validation after each as long as the last one; where that is not known, to the limit. */
function secondsLeft({ epoch, epochs, samples, ofSamples, samplesPerSecond }: FitProgress, { last, limit }: Around): number | undefined {
	const most = limit ?? Number.POSITIVE_INFINITY;
	const validation = last && ofSamples ? Math.max(0, last.seconds - ofSamples / last.samplesPerSecond) : 0;
	const rest = ofSamples === undefined ? Number.POSITIVE_INFINITY : (epochs - epoch + 1) * ofSamples - samples;
	const seconds = Math.min(rest / samplesPerSecond + (epochs - epoch + 1) * validation, most);
	return Number.isFinite(seconds) ? seconds : undefined;
}
