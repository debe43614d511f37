// Every optimizer and transform against PyTorch: 20 steps, four parameters of different shapes, changing rates; tables against its sparse forms.
import { averageSlot, type OptimizerSpec } from 'textloom/optim';
import { describe, expect, it } from 'vitest';
import { optimizers } from './optimizers.js';
import { casesOf, farthest, golden, listed, optimizerOf, runGraph, runRows, type State } from './run.js';
import { transformRows } from './transforms.js';

const kept = ['1', '2', '3', '5', '10', '20'];

function expectClose(history: readonly State[], after: Readonly<Record<string, number[]>>, read: (state: State) => number[]) {
	expect(Object.keys(after)).toEqual(kept);
	for (const [step, theirs] of Object.entries(after)) {
		const difference = farthest(read(history[Number(step) - 1]!), theirs);
		expect(Number.isNaN(difference)).toBe(false);
		expect(difference, `step ${step}`).toBeLessThan(1e-5);
	}
}

const title = ({ optimizer, options, transforms = [] }: OptimizerSpec) =>
	[
		...transforms.map(({ transform, options }) => `${transform} ${JSON.stringify(options)}`),
		`${optimizer} ${JSON.stringify(options)}`,
	].join(', ');

/** Weights and what their averages are more. */
const averageOf = (state: State): State =>
	Object.fromEntries(
		Object.entries(state).map(([name, values]) => [name, values.map((value, i) => value + (state[`${name}:${averageSlot}`]?.[i] ?? 0))]),
	);

const ofOptimizers = casesOf(optimizers, golden.optimizers, (spec) => optimizerOf(spec).spec);
const ofTransforms = casesOf(transformRows, golden.transforms, ({ spec }) => optimizerOf(spec).spec);

it('rows name every case, each once', () => {
	expect(new Set(ofOptimizers)).toEqual(new Set(golden.optimizers));
	expect(new Set(ofTransforms)).toEqual(new Set(golden.transforms));
	expect([ofOptimizers.length, ofTransforms.length]).toEqual([golden.optimizers.length, golden.transforms.length]);
});

describe('optimizers as in PyTorch', () => {
	for (const { after, sparse, ...spec } of ofOptimizers) {
		it(`in a graph: ${title(spec)}`, async () => {
			expectClose(await runGraph(optimizerOf(spec)), after, listed);
		});

		if (sparse)
			it(`on touched rows: ${title(spec)}`, () => {
				expectClose(runRows(optimizerOf(spec)), sparse, (state) => Array.from(state['embed.weight']!));
			});
	}
});

describe('transforms as in PyTorch', () => {
	for (const { spec, after, average } of ofTransforms) {
		it(title(spec), async () => {
			expectClose(await runGraph(optimizerOf(spec)), after, (state) => listed(average ? averageOf(state) : state));
		});
	}
});
