// The contract of layers, over every layer: sizes, names, numbers and gradients as PyTorch's, padding, prediction, errors.
import { readFileSync } from 'node:fs';
import { backward, constant, emit, input, nn, type Parameter, ShapeError, sizeOf, tensor } from 'textloom';
import { describe, expect, it } from 'vitest';
import { gradientError, toleranceOf } from '../graph/check-gradient.js';
import { applied, farthest, goldenLoss, inputOf, lengthsFor, modeOf, noting, numbers, run, statesOf } from './apply-layer.js';
import { layers, lengths, rows } from './layers.js';

type Numbers = Readonly<Record<string, readonly number[]>>;
const { cases } = JSON.parse(readFileSync(new URL('../golden/nn/layers.json', import.meta.url), 'utf8')) as {
	cases: Readonly<
		Record<string, { states: Numbers; shape: number[]; y: number[]; gradients: Numbers; moved: Numbers; x?: readonly number[] }>
	>;
};

describe('layers against PyTorch', () => {
	it('has a row for each case', () => expect(rows.map(([name]) => name).sort()).toEqual(Object.keys(cases).sort()));

	for (const [name, row] of rows) {
		it(name, async () => {
			const { shape: expected, y: golden, gradients, moved: movedTo, x: ofInput, ...rest } = cases[name]!;
			const states = statesOf(row);
			expect(Object.fromEntries(states.map(([name, { shape }]) => [name, shape]))).toEqual(rest.states);
			const [x, { mode, moved }] = [inputOf(row), modeOf(row)];
			const counts = lengthsFor(x);
			const y = applied(row, x, mode, counts);
			expect(y.shape).toEqual(row.output);

			const learned = states.filter(([, { frozen }]) => !frozen);
			const values = [...(ofInput ? [x] : []), ...learned.map(([, value]) => value)];
			const found = backward(goldenLoss(y, sizeOf(expected)), values);
			// PyTorch gives a padding row no gradient; here the training graph takes it away.
			const kept = (numbers: Float32Array, { frozenRow, shape }: Parameter) =>
				frozenRow === undefined ? numbers : numbers.fill(0, frozenRow * shape[1]!, (frozenRow + 1) * shape[1]!);
			const wanted = [...(ofInput ? [['x', ofInput] as const] : []), ...learned.map(([name]) => [name, gradients[name]!] as const)];
			const own = states.map(([name, { shape }], place) => {
				const made = numbers(shape, place + 1);
				return [name, tensor('float32', shape, name.endsWith('running_var') ? made.map((v) => Math.abs(v) + 0.5) : made)] as const;
			});
			const outputs = {
				y,
				...Object.fromEntries(wanted.map(([name], place) => [`gradient.${name}`, found[place]!])),
				...Object.fromEntries(states.flatMap(([name, state]) => (moved.has(state) ? [[`moved.${name}`, moved.get(state)!]] : []))),
			};
			const given = { x: tensor('float32', row.shape ?? [], numbers(row.shape ?? [], 0)), lengths: tensor('int32', [2], lengths) };
			const results = await run({ x, lengths: counts, ...Object.fromEntries(states) }, outputs, { ...given, ...Object.fromEntries(own) });
			expect(results.y!.shape).toEqual(expected);
			for (const [name, value] of learned) kept(results[`gradient.${name}`]!.data as Float32Array, value);
			const checked = { y: golden, ...Object.fromEntries(wanted.map(([name, numbers]) => [`gradient.${name}`, numbers])) };
			const movements = Object.fromEntries(Object.entries(movedTo).map(([name, numbers]) => [`moved.${name}`, numbers]));
			expect(Object.keys(results).sort()).toEqual(Object.keys({ ...checked, ...movements }).sort());
			for (const [part, numbers] of Object.entries({ ...checked, ...movements }))
				expect(farthest(results[part]!.data as Float32Array, numbers as number[]), part).toBeLessThan(2e-5);
		});
	}
});

describe('gradients of layers by central differences', () => {
	for (const [name, row] of rows) {
		it(name, async () => {
			const { mode } = modeOf(row);
			const { shape, named = shape, at } = row;
			const gradientCase = {
				shapes: shape ? [shape] : [],
				// Lengths are a constant here, of a batch of two.
				...(named && { named: [row.lengths ? named.map((dim) => (dim === 'batch' ? 2 : dim)) : named] }),
				parameters: statesOf(row)
					.map(([, value]) => value)
					.filter(({ frozen }) => !frozen || !row.training),
				dtype: 'float32' as const,
				build: (x = input('none', 'float32', [])) => applied(row, x, mode, constant(tensor('int32', [2], lengths))),
				...(at && { at }),
			};
			expect(await gradientError(gradientCase)).toBeLessThan(toleranceOf(gradientCase));
		});
	}
});

describe('a document alone and in a padded batch', () => {
	const taking = rows.filter(([, row]) => row.lengths);
	it('holds of every layer that takes lengths', () => expect(taking.length).toBeGreaterThan(2));

	for (const [name, row] of taking) {
		it(name, async () => {
			const states = statesOf(row);
			const weights = Object.fromEntries(
				states.map(([name, { shape }], place) => [name, tensor('float32', shape, numbers(shape, place + 1))]),
			);
			const [batch, ...sizes] = row.shape!;
			const axis = row.named!.indexOf('time');
			const of = async (shape: readonly number[], counts: readonly number[], keep: (index: number) => boolean) => {
				const x = inputOf(row);
				const given = lengthsFor(x);
				const y = applied(row, x, nn.prediction, given);
				const all = numbers(row.shape!, 0).filter((_, index) => keep(index));
				const feeds = { x: tensor('float32', shape, all), lengths: tensor('int32', [counts.length], counts), ...weights };
				const { y: result } = await run({ x, lengths: given, ...Object.fromEntries(states) }, { y }, feeds);
				return Array.from(result!.data as Float32Array);
			};
			const together = await of(row.shape!, lengths, () => true);
			const size = sizeOf(sizes);
			/** The element's place in time. */
			const step = (index: number) => Math.floor(index / sizeOf(row.shape!.slice(axis + 1))) % row.shape![axis]!;
			for (const [document, length] of lengths.entries()) {
				const shape = row.shape!.map((dim, at) => (at === 0 ? 1 : at === axis ? length : dim));
				const alone = await of(shape, [length], (index) => Math.floor(index / size) === document && step(index) < length);
				const width = together.length / batch!;
				expect(farthest(alone, together.slice(document * width, (document + 1) * width))).toBeLessThan(1e-6);
			}
		});
	}
});

describe('prediction', () => {
	for (const [name, row] of rows) {
		it(`${name}: asks for no mask, moves nothing`, () => {
			const x = inputOf(row);
			// The mode of prediction throws where a mask is asked for.
			const counts = lengthsFor(x);
			const inputs = { x, counts, ...Object.fromEntries(statesOf(row)) };
			const { graph } = emit({ inputs, outputs: { y: applied(row, x, nn.prediction, counts) } });
			expect(graph.nodes.some(({ op }) => op === 'Dropout')).toBe(false);
		});
	}

	it('dropout is nothing', () => {
		const x = input('x', 'float32', ['batch', 4]);
		expect(nn.dropout(0.5).apply(x, nn.prediction)).toBe(x);
	});

	it('in training dropout of channels has one number for each', () => {
		const { mode, masks } = noting();
		const y = nn.dropout(0.25, { whole: 1 }).apply(input('x', 'float32', ['batch', 8, 'time']), mode);
		expect(masks).toEqual([{ rate: 0.25, shape: ['batch', 8, 1] }]);
		expect(y.shape).toEqual(['batch', 8, 'time']);
	});
});

describe('inputs of a wrong size', () => {
	for (const [name, { layer, wrong }] of rows) {
		if (!wrong) continue;
		const [shape, says] = wrong;
		it(`${name}: ${shape.join('×')}`, () => {
			const x = input('x', 'float32', shape);
			const apply = () => (layer as { apply(...inputs: unknown[]): unknown }).apply(x, lengthsFor(x));
			expect(apply).toThrow(new ShapeError(says));
			expect(says).toMatch(/^[^:]+: expected [^\n]+, got [^\n]+\. [^\n]+[.)]$/);
		});
	}

	it('every layer that has sizes of its own refuses some', () => {
		const any = Object.entries(layers).flatMap(([name, own]) => (Object.values(own).every(({ wrong }) => wrong === null) ? [name] : []));
		expect(any.sort()).toEqual(['dropout', 'elu', 'gelu', 'leakyRelu', 'relu', 'selu', 'sigmoid', 'softplus', 'tanh']);
	});
});
