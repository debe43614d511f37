// Every schedule in some forms, those of its golden cases, and what it refuses: what the contract and the golden tests run over.
import { schedules } from 'textloom/optim';
import type { Row } from './optimizers.js';

const { constant, cosine, cosineRestarts, exponential, inverseSquareRoot, linear, multiStep, oneCycle, plateau, sequential, step, warmup } =
	schedules;

/** One row for each schedule: the type demands it. */
export const scheduleRows: { readonly [Name in keyof typeof schedules]: Row<(typeof schedules)[Name], schedules.Schedule> } = {
	constant: {
		examples: [constant({ factor: 0.5 })],
		golden: [constant({ factor: 1 })],
		refuses: [[() => constant({ factor: -1 }), 'constant: expected factor to be a number in [0, Infinity), got -1.']],
	},
	cosine: {
		examples: [cosine({ length: 9, least: 0.1, per: 'epoch' })],
		golden: [cosine({ length: 23 }), cosine({ length: 23, least: 0.2 })],
		refuses: [[() => cosine({} as never), /^cosine: expected length to be a whole number from 1, got nothing\. Pass it\./]],
	},
	cosineRestarts: {
		examples: [cosineRestarts({ length: 4, growth: 2 })],
		golden: [cosineRestarts({ length: 5, least: 0.1 }), cosineRestarts({ length: 3, growth: 2 })],
		refuses: [[() => cosineRestarts({ length: 3, growth: 1.5 }), /^cosineRestarts: expected growth/]],
	},
	exponential: {
		examples: [exponential({ gamma: 0.9 })],
		golden: [exponential({ gamma: 0.93 })],
		refuses: [
			[() => exponential({ gamma: -1 }), /^exponential: expected gamma/],
			[() => exponential({ gamma: 1, per: 'batch' as never }), /^exponential: expected per to be one of 'step', 'epoch', got 'batch'\./],
		],
	},
	inverseSquareRoot: {
		examples: [inverseSquareRoot({ warmup: 3 })],
		golden: [inverseSquareRoot({ warmup: 6 }), inverseSquareRoot({ warmup: 4, timescale: 9 })],
		refuses: [
			[() => inverseSquareRoot({} as never), /^inverseSquareRoot: expected warmup to be a whole number from 0, got nothing\. Pass it\./],
		],
	},
	linear: {
		examples: [linear({ start: 0.1, end: 1, length: 6 })],
		golden: [linear({ start: 0.25, end: 1, length: 7 }), linear({ start: 1, end: 0.1, length: 30 })],
		refuses: [[() => linear({ start: 0, length: 3 } as never), /^linear: expected end/]],
	},
	multiStep: {
		examples: [multiStep({ milestones: [3, 5], per: 'epoch' })],
		golden: [multiStep({ milestones: [2, 9, 9, 15], gamma: 0.3 }), multiStep({ milestones: [20, 50, 80] })],
		refuses: [
			[
				() => multiStep({ milestones: [1, 2.5] }),
				/^multiStep: expected milestones to be an array, each item a whole number from 1, got \[ 1, 2\.5 \]\./,
			],
			[
				() => multiStep({ milestones: 3 as never }),
				/^multiStep: expected milestones to be an array, each item a whole number from 1, got 3\./,
			],
		],
	},
	oneCycle: {
		examples: [oneCycle({ length: 11 })],
		golden: [
			oneCycle({ length: 24 }),
			oneCycle({ length: 24, start: 0.25, anneal: 'linear' }),
			oneCycle({ length: 24, div: 10, finalDiv: 100, threePhase: true }),
		],
		refuses: [
			[() => oneCycle({ length: 9, start: 2 }), /^oneCycle: expected start/],
			[() => oneCycle({ length: 9, anneal: 'cosine' as never }), /^oneCycle: expected anneal to be one of 'cos', 'linear', got 'cosine'\./],
		],
	},
	plateau: {
		examples: [plateau({ patience: 1, watch: 'accuracy', mode: 'max' })],
		golden: [
			plateau({ patience: 5 }),
			plateau({ patience: 2, factor: 0.5, cooldown: 3, least: 0.02 }),
			plateau({ patience: 0, factor: 0.7, threshold: 0.05, thresholdMode: 'abs', cooldown: 1 }),
			plateau({ patience: 3, factor: 0.2, mode: 'max', threshold: 0.1 }),
		],
		refuses: [
			[() => plateau({ factor: 1 }), /^plateau: expected factor to be a number in \[0, 1\), got 1\./],
			[() => plateau({ mode: 'low' as never }), /^plateau: expected mode to be one of 'min', 'max', got 'low'\./],
			[
				() => plateau().factor({ step: 0, epoch: 0, results: [{ accuracy: 1 }] }),
				/^plateau: expected loss among the results, got accuracy\./,
			],
		],
	},
	sequential: {
		examples: [sequential({ schedules: [constant({ factor: 0.1 }), cosine({ length: 5, per: 'epoch' })], milestones: [3], per: 'epoch' })],
		golden: [
			sequential({
				schedules: [linear({ start: 0.5, end: 1, length: 4 }), exponential({ gamma: 0.8 }), constant({ factor: 0.1 })],
				milestones: [4, 12],
			}),
		],
		refuses: [
			[
				() => sequential({ schedules: [constant(), constant()], milestones: [] }),
				/^sequential: expected one schedule more than milestones, got 2 and 0\./,
			],
			[
				() => sequential({ schedules: [1, 2, 3].map(() => constant()), milestones: [5, 5] }),
				/^sequential: expected milestones to be an array of rising whole numbers from 1, got \[ 5, 5 \]\./,
			],
		],
	},
	step: {
		examples: [step({ every: 3, gamma: 0.5 })],
		golden: [step({ every: 5, gamma: 0.9 })],
		refuses: [[() => step({ every: 1.5 }), /^step: expected every to be a whole number from 1, got 1\.5\./]],
	},
	warmup: {
		examples: [warmup({ warmup: 3, length: 10 })],
		golden: [
			warmup({ warmup: 6, length: 20 }),
			warmup({ warmup: 0, length: 20 }),
			warmup({ warmup: 6, length: 23, decay: 'cosine' }),
			warmup({ warmup: 6, length: 23, decay: 'none' }),
		],
		refuses: [
			[() => warmup({ warmup: 9, length: 3 }), /^warmup: expected warmup to be at most length, 3, got 9\./],
			[
				() => warmup({ warmup: 1, length: 3, decay: 'exp' as never }),
				/^warmup: expected decay to be one of 'none', 'linear', 'cosine', got 'exp'\./,
			],
		],
	},
};
