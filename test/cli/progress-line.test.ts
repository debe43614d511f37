// The line of a training under way, at some moments.
import { expect, it } from 'vitest';
import { durationOf, secondsOf } from '../../dist/src/cli/flags/duration.js';
import { progressLine } from '../../dist/src/cli/train/progress-line.js';

const now = { epoch: 2, epochs: 10, step: 50, samples: 500, ofSamples: 1000, loss: 0.41234, samplesPerSecond: 100 };
const last = { epoch: 1, step: 30, loss: 0.5, validation: { loss: 0.4, accuracy: 0.882 }, seconds: 12, samplesPerSecond: 100 };
const around = { last: undefined, early: false, limit: undefined, columns: 80 };

it.each([
	['at first', now, around, 'epoch 2/10 [============>           ]  loss 0.4123  100 docs/s  1m25s left'],
	// 85 s of training, and 9 validations of 2 s.
	['after a validation', now, { ...around, last }, 'epoch 2/10 [=======>     ]  loss 0.4123  accuracy 88.2%  100 docs/s  1m43s left'],
	[
		'where it may end earlier',
		now,
		{ ...around, early: true },
		'epoch 2/10 [============>          ]  loss 0.4123  100 docs/s  up to 1m25s left',
	],
	[
		'with a limit that comes earlier',
		now,
		{ ...around, limit: 20.4 },
		'epoch 2/10 [============>           ]  loss 0.4123  100 docs/s  20s left',
	],
	[
		'of a stream, whose end is not known',
		{ ...now, ofSamples: undefined },
		around,
		'epoch 2/10 [========================]  loss 0.4123  100 docs/s',
	],
	['on a narrow terminal', now, { ...around, columns: 50 }, 'epoch 2/10   loss 0.4123  100 docs/s  1m25s left'],
	[
		'without another figure than the loss',
		now,
		{ ...around, last: { ...last, validation: { loss: 0.4 } }, columns: 100 },
		'epoch 2/10 [============>           ]  loss 0.4123  validation loss 0.4000  100 docs/s  1m43s left',
	],
])('%s', (_, progress, where, line) => {
	expect(progressLine(progress, where)).toBe(line);
});

it.each([
	['90s', 90],
	['20m', 1200],
	['20min', 1200],
	['1h30m', 5400],
	['1.5h', 5400],
	['0s', undefined],
	['20', undefined],
	['', undefined],
	['m', undefined],
	['1m1h', undefined],
])('%s is %s seconds', (text, seconds) => {
	expect(secondsOf(text)).toBe(seconds);
});

it.each([
	[0.4, '0s'],
	[59.6, '1m00s'],
	[125, '2m05s'],
	[3725, '1h02m'],
])('%s seconds are written %s', (seconds, text) => {
	expect(durationOf(seconds)).toBe(text);
});
