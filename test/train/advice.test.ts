// What histories say: one row each.
import { sgd } from 'textloom/optim';
import { advise, type FitRecord, fit } from 'textloom/train';
import { expect, it } from 'vitest';
import { line, points } from './mixed.js';

/** Records of these training losses, and validation losses where there are any. */
const history = (losses: readonly number[], held?: readonly number[]): FitRecord[] =>
	losses.map((loss, place) => ({
		epoch: place + 1,
		step: 10 * (place + 1),
		loss,
		...(held && { validation: { loss: held[place]! } }),
		seconds: 1,
		samplesPerSecond: 1,
	}));

it.each([
	['no history', [], undefined, undefined, ''],
	['two records are too few', [1, 1], undefined, undefined, ''],
	[
		'training falls, validation rises',
		[1, 0.5, 0.2],
		[1, 0.8, 1.2],
		'overfits',
		'validation loss rose from 0.800 (epoch 2) to 1.200 (epoch 3) while training loss fell to 0.200',
	],
	['validation rises by less than a tenth', [1, 0.5, 0.45], [1, 0.8, 0.87], undefined, ''],
	['both rise: the rate, not the data', [1, 0.5, 0.9], [1, 0.8, 1.2], undefined, ''],
	['neither falls', [1, 0.99, 0.98], [1, 1, 1], 'underfits', 'Training loss only went from 1.000 to 0.980'],
	['training rises', [1, 1.5, 2], undefined, 'underfits', 'Training loss only went from 1.000 to 2.000'],
	['both still fall', [1, 0.8, 0.6], [1, 0.9, 0.8], 'unfinished', 'training loss fell from 0.800 to 0.600 at the end'],
	['training still falls, nothing held out', [1, 0.8, 0.6], undefined, 'unfinished', 'training loss fell from 0.800 to 0.600 at the end'],
	['training still falls, the best is behind', [1, 0.8, 0.6], [1, 0.8, 0.81], undefined, ''],
	['all is learned', [1, 0.1, 0.0995], [1, 0.2, 0.2], undefined, ''],
] as const)('%s', (_, losses, held, finding, words) => {
	const advice = advise(history(losses, held));
	expect(advice?.finding).toBe(finding);
	expect(advice?.line ?? '').toContain(words);
	expect(advice?.line ?? '').not.toContain('\n');
});

it('comes with what a run comes to', async () => {
	const run = async (rate: number) => (await fit(line(), points(20, 0), { optimizer: sgd({ rate }), epochs: 4, threads: 1 })).advice;
	expect((await run(0))!.finding).toBe('underfits');
	expect((await run(0.05))!.finding).toBe('unfinished');
});
