// Every transform in some forms, optimizers of its golden cases, and what it refuses: what the contract and the golden tests run over.
import { adam, adamw, type Optimizer, schedules, sgd, type Transform, transformed, transforms } from 'textloom/optim';
import type { Row } from './optimizers.js';

const { averaged, clipByNorm, clipByValue, groups, l1, l2, scheduled, weightDecay } = transforms;

/** One row for each transform: the type demands it. Golden cases are of optimizers that it is applied to. */
export const transformRows: { readonly [Name in keyof typeof transforms]: Row<(typeof transforms)[Name], Transform, Optimizer> } = {
	averaged: {
		examples: [averaged(), averaged({ decay: 0.5 })],
		golden: [averaged({ decay: 0.9 })(sgd({ rate: 0.05 }))],
		refuses: [[() => averaged({ decay: 1 }), /^averaged: expected decay to be a number in \[0, 1\), got 1\./]],
	},
	clipByNorm: {
		examples: [clipByNorm({ norm: 1 })],
		golden: [clipByNorm({ norm: 1.5 })(sgd({ rate: 0.05 })), clipByNorm({ norm: 1e4 })(sgd({ rate: 0.05 }))],
		refuses: [
			[() => clipByNorm({} as never), /^clipByNorm: expected norm to be a number in \[0, Infinity\), got nothing\. Pass it\./],
			[() => clipByNorm({ norm: Number.NaN }), /^clipByNorm: expected norm to be/],
		],
	},
	clipByValue: {
		examples: [clipByValue({ value: 0.2 })],
		golden: [clipByValue({ value: 0.3 })(sgd({ rate: 0.05 }))],
		refuses: [[() => clipByValue({ value: -1 }), /^clipByValue: expected value to be a number in \[0, Infinity\), got -1\./]],
	},
	groups: {
		examples: [groups({ rules: [{ match: 'embed', rate: 0.5, decay: false }] }), groups({ rules: [{ match: '^embed', frozen: true }] })],
		golden: [
			transformed(
				adamw({ rate: 0.02, weightDecay: 0.3 }),
				groups({
					rules: [
						{ match: '^embed', rate: 0.1 },
						{ match: 'bias$', rate: 2, decay: false },
						{ match: 'linear', frozen: true },
					],
				}),
				clipByNorm({ norm: 2 }),
			),
		],
		refuses: [
			[() => groups({ rules: {} as never }), /^groups: expected rules to be an array of rules, got \{\}\./],
			[() => groups({ rules: [{} as never] }), /^groups: expected match to be a regular expression as a string, got nothing\./],
			[
				() => groups({ rules: [{ match: 'a', lr: 1 } as never] }),
				/^groups: expected an option that it has, got lr\. It has match, rate, decay, frozen\./,
			],
			[() => groups({ rules: [{ match: 'a', rate: -1 }] }), /^groups: expected rate/],
			[() => groups({ rules: [{ match: 'a', frozen: 'yes' as never }] }), /^groups: expected frozen to be true or false, got 'yes'\./],
		],
	},
	l1: {
		examples: [l1({ penalty: 0.1 }), l1({ penalty: 0.1, except: 'embed' })],
		golden: [l1({ penalty: 0.2 })(sgd({ rate: 0.05 }))],
		refuses: [[() => l1({ penalty: -1 }), /^l1: expected penalty to be/]],
	},
	l2: {
		examples: [l2({ penalty: 0.1 }), l2({ penalty: 0.1, except: null })],
		golden: [l2({ penalty: 0.2, except: null })(adam({ rate: 0.02 }))],
		refuses: [[() => l2({ penalty: 1, except: '(' }), /^l2: expected except to be a regular expression as a string or null, got '\('\./]],
	},
	scheduled: {
		examples: [scheduled(schedules.step({ every: 5 })), scheduled(schedules.plateau({ patience: 2 }))],
		golden: 'the schedules have cases of their own, and golden runs are fed their rates',
		refuses: [[() => scheduled(undefined as never), /^scheduled: expected a schedule, got undefined\./]],
	},
	weightDecay: {
		examples: [weightDecay({ decay: 0.1 }), weightDecay({ decay: 0.1, except: null })],
		golden: [weightDecay({ decay: 0.3 })(adam({ rate: 0.02 }))],
		refuses: [[() => weightDecay({ decay: -1 }), /^weightDecay: expected decay to be/]],
	},
};
