// One number for each document: a rating, a price.
import { mseLoss } from '../../nn/index.js';
import type { Task } from '../task/task.js';
import type { HeadOptions } from './head-options.js';

/** What is said of a document. */
export interface OneNumber {
	readonly value: number;
}

/** What an evaluation comes to. */
export interface NumberMeasures {
	/** The mean of the distances between value and label. */
	readonly meanAbsoluteError: number;
	readonly meanSquaredError: number;
	/** The share of the labels' variance that is explained; 0 where all labels are one number. */
	readonly r2: number;
}

/** A document with its number. */
export interface NumberLabel {
	readonly label: number;
}

interface Sums {
	count: number;
	sum: number;
	squares: number;
	absolute: number;
	errors: number;
}

/** The network learns the number less its mean, in units of its deviation; squared error. */
export function oneNumber({ name, options }: HeadOptions): Task<NumberLabel, OneNumber, NumberMeasures> {
	return {
		name,
		options,
		needs: { label: 'number' },
		learn: {
			start: (): Sums => ({ count: 0, sum: 0, squares: 0, absolute: 0, errors: 0 }),
			add(sums: Sums, { label }) {
				sums.count++;
				sums.sum += label;
				sums.squares += label * label;
			},
			finish({ count, sum, squares }: Sums) {
				if (count === 0) throw new RangeError(`${name}: expected documents with numbers to learn from, got none. Check the source.`);
				const mean = sum / count;
				return { mean, deviation: Math.sqrt(Math.max(squares / count - mean * mean, 0)) || 1 };
			},
		},
		head(learned) {
			const { mean, deviation } = (learned ?? {}) as { mean?: unknown; deviation?: unknown };
			if (typeof mean !== 'number' || typeof deviation !== 'number') {
				throw new TypeError(`${name}: expected { mean, deviation }, got ${JSON.stringify(learned)?.slice(0, 60)}. Save the model again.`);
			}
			return {
				outputs: 1,
				inputs: { targets: { dtype: 'float32', shape: ['batch', 1] } },
				answer: ({ label }) => ({ targets: { data: [(label - mean) / deviation], shape: [1] } }),
				loss: (logits, { targets }) => mseLoss(logits, targets!),
				metrics: {},
				monitor: [],
				config: { problem_type: 'regression' },
				say: ({ data }) => ({ value: (data as Float32Array)[0]! * deviation + mean }),
				measure: {
					start: (): Sums => ({ count: 0, sum: 0, squares: 0, absolute: 0, errors: 0 }),
					add(sums: Sums, { label }, { value }) {
						sums.count++;
						sums.sum += label;
						sums.squares += label * label;
						sums.absolute += Math.abs(value - label);
						sums.errors += (value - label) ** 2;
					},
					result({ count, sum, squares, absolute, errors }: Sums) {
						const variance = squares - (sum * sum) / count;
						return { meanAbsoluteError: absolute / count, meanSquaredError: errors / count, r2: variance > 0 ? 1 - errors / variance : 0 };
					},
					right: ({ label }, { value }) => Math.round(value) === Math.round(label),
				},
			};
		},
	};
}
