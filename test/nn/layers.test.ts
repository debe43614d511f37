// The contract of layers, over every layer: sizes, names, numbers and gradients as PyTorch's, padding, prediction, errors.
import {
	backward,
	constant,
	emit,
	input,
	type Parameter,
	readSafetensors,
	type Shape,
	ShapeError,
	sizeOf,
	type Tensor,
	tensor,
	writeSafetensors,
} from 'textloom/graph';
import * as nn from 'textloom/nn';
import { randomFloat } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { gradientError, toleranceOf } from '../graph/check-gradient.js';
import { applied, besideOf, farthest, fedTo, goldenLoss, inputOf, modeOf, noting, numbers, run, statesOf } from './apply-layer.js';
import { allForms, build, type Forms, formsOf, cases as golden, type LayerForm, layers, lengths } from './layers/index.js';

const rows = allForms(layers);
const wholeNumbers = (values: readonly number[]) => tensor('int32', [values.length], values);

type Numbers = Readonly<Record<string, readonly number[]>>;
const cases: Readonly<
	Record<string, { states: Numbers; shape: number[]; y: number[]; gradients: Numbers; moved: Numbers; inputs: Numbers }>
> = golden;

describe('layers against PyTorch', () => {
	const compared = Object.values<Forms>(layers).flatMap(({ golden }) => (typeof golden === 'string' ? [] : Object.entries(golden)));
	it('has a row for each case', () => expect(compared.map(([name]) => name).sort()).toEqual(Object.keys(cases).sort()));
	it('has a form of each layer', () => {
		for (const [name, row] of Object.entries(layers)) expect(Object.keys(formsOf(row)), name).not.toEqual([]);
	});

	for (const [name, row] of compared) {
		it(name, async () => {
			const { shape: expected, y: golden, gradients, moved: movedTo, inputs: ofInputs, ...rest } = cases[name]!;
			const states = statesOf(row);
			expect(Object.fromEntries(states.map(([name, { shape }]) => [name, shape]))).toEqual(rest.states);
			const [x, { mode, moved }] = [inputOf(row), modeOf(row)];
			const beside = besideOf(row, x);
			const y = applied(row, x, mode, beside);
			expect(y.shape).toEqual(row.output);

			const learned = states.filter(([, { frozen }]) => !frozen);
			const inputs = { x, memory: beside.memory };
			const asked = Object.keys(ofInputs) as (keyof typeof inputs)[];
			const values = [...asked.map((name) => inputs[name]), ...learned.map(([, value]) => value)];
			const found = backward(goldenLoss(y, sizeOf(expected)), values);
			// PyTorch gives a padding row no gradient; here the training graph takes it away.
			const kept = (numbers: Float32Array, { frozenRow, shape }: Parameter) =>
				frozenRow === undefined ? numbers : numbers.fill(0, frozenRow * shape[1]!, (frozenRow + 1) * shape[1]!);
			const wanted = [...Object.entries(ofInputs), ...learned.map(([name]) => [name, gradients[name]!] as const)];
			const own = states.map(([name, { shape }], place) => {
				const made = numbers(shape, place + 1);
				return [name, tensor('float32', shape, name.endsWith('running_var') ? made.map((v) => Math.abs(v) + 0.5) : made)] as const;
			});
			const outputs = {
				y,
				...Object.fromEntries(wanted.map(([name], place) => [`gradient.${name}`, found[place]!])),
				...Object.fromEntries(states.flatMap(([name, state]) => (moved.has(state) ? [[`moved.${name}`, moved.get(state)!]] : []))),
			};
			const { shape = [], memory = { shape: [] } } = row;
			const given = {
				x: tensor('float32', shape, numbers(shape, 0)),
				memory: tensor('float32', memory.shape, numbers(memory.shape, states.length + 1)),
				lengths: wholeNumbers(lengths),
			};
			const results = await run(fedTo(row, x, beside), outputs, { ...given, ...Object.fromEntries(own) });
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
			const { shape, named = shape, at, memory } = row;
			// Lengths are a constant here, of a batch of two.
			const known = (sizes: Shape) => (row.lengths ? sizes.map((dim) => (dim === 'batch' ? 2 : dim)) : sizes);
			const gradientCase = {
				shapes: [...(shape ? [shape] : []), ...(memory ? [memory.shape] : [])],
				named: [...(named ? [known(named)] : []), ...(memory ? [known(memory.named)] : [])],
				parameters: statesOf(row)
					.map(([, value]) => value)
					.filter(({ frozen }) => !frozen || !row.training),
				dtype: 'float32' as const,
				build: (x = input('none', 'float32', []), looked = x) =>
					applied(row, x, mode, { lengths: constant(wholeNumbers(lengths)), memory: looked }),
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
			const x = inputOf(row);
			const beside = besideOf(row, x);
			const y = applied(row, x, nn.prediction, beside);
			const whole = {
				x: tensor('float32', row.shape!, numbers(row.shape!, 0)),
				...(row.memory && { memory: tensor('float32', row.memory.shape, numbers(row.memory.shape, states.length + 1)) }),
			};
			const of = async (inputs: Readonly<Record<string, Tensor>>, counts: readonly number[]) =>
				(await run(fedTo(row, x, beside), { y }, { ...inputs, lengths: wholeNumbers(counts), ...weights })).y!;
			const together = await of(whole, lengths);
			for (const [document, length] of lengths.entries()) {
				const cut = (values: Tensor, named: Shape) => alone(values, named, { document, length });
				const parts = { x: cut(whole.x, x.shape), ...(whole.memory && { memory: cut(whole.memory, beside.memory.shape) }) };
				const own = await of(parts, [length]);
				const expected = cut(together, y.shape);
				expect(own.shape).toEqual(expected.shape);
				expect(farthest(own.data as Float32Array, Array.from(expected.data as Float32Array))).toBeLessThan(1e-6);
			}
		});
	}
});

/** One document's part of a batch: its own steps on the axis that is named `time`. */
function alone({ data, shape }: Tensor, named: Shape, { document, length }: { document: number; length: number }): Tensor {
	const begin = shape.map((_, axis) => (axis === 0 ? document : 0));
	const sizes = shape.map((size, axis) => (axis === 0 ? 1 : named[axis] === 'time' ? length : size));
	const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
	const inner = sizes.map((_, axis) => sizeOf(sizes.slice(axis + 1)));
	const at = (index: number) =>
		sizes.reduce((sum, size, axis) => sum + (begin[axis]! + (Math.floor(index / inner[axis]!) % size)) * strides[axis]!, 0);
	return tensor(
		'float32',
		sizes,
		Array.from({ length: sizeOf(sizes) }, (_, index) => data[at(index)] as number),
	);
}

describe('saved and loaded', () => {
	const again = new Map(allForms(build()));

	for (const [name, row] of rows) {
		it(name, async () => {
			const { shape = [], memory = { shape: [] } } = row;
			const feeds = {
				x: tensor('float32', shape, numbers(shape, 0)),
				memory: tensor('float32', memory.shape, numbers(memory.shape, 1)),
				lengths: wholeNumbers(lengths),
			};
			const of = async (other: LayerForm, weights: Readonly<Record<string, Tensor>>) => {
				const x = inputOf(other);
				const beside = besideOf(other, x);
				const y = applied(other, x, nn.prediction, beside);
				return (await run(fedTo(other, x, beside), { y }, { ...feeds, ...weights })).y!;
			};
			const begun = Object.fromEntries(
				statesOf(row).map(([name, { dtype, shape, initial }], place): [string, Tensor] => [
					name,
					{ dtype, shape, data: initial(shape, (index) => randomFloat(1, place, index)) },
				]),
			);
			const { tensors } = readSafetensors(writeSafetensors({ tensors: begun, metadata: {} }));
			const fresh = again.get(name)!;
			expect(statesOf(fresh).map(([name, { shape }]) => [name, shape])).toEqual(
				Object.entries(tensors).map(([name, { shape }]) => [name, shape]),
			);
			expect((await of(fresh, tensors)).data).toEqual((await of(row, begun)).data);
		});
	}
});

describe('prediction', () => {
	for (const [name, row] of rows) {
		it(`${name}: asks for no mask, moves nothing`, () => {
			const x = inputOf(row);
			// The mode of prediction throws where a mask is asked for.
			const beside = besideOf(row, x);
			const { graph } = emit({ inputs: fedTo(row, x, beside), outputs: { y: applied(row, x, nn.prediction, beside) } });
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
	for (const [name, row] of rows) {
		if (!row.wrong) continue;
		const [shape, says] = row.wrong;
		it(`${name}: ${shape.join('×')}`, () => {
			const x = input('x', 'float32', shape);
			const beside = besideOf(row, x);
			const apply = () => (row.layer as { apply(...inputs: unknown[]): unknown }).apply(x, beside.lengths, beside);
			expect(apply).toThrow(new ShapeError(says));
			expect(says).toMatch(/^[^:]+: expected [^\n]+, got [^\n]+\. [^\n]+[.)]$/);
		});
	}

	it('every layer that has sizes of its own refuses some', () => {
		const any = Object.entries(layers).flatMap(([name, row]) =>
			Object.values(formsOf(row)).every(({ wrong }) => wrong === null) ? [name] : [],
		);
		expect(any.sort()).toEqual(['dropout', 'elu', 'gelu', 'leakyRelu', 'relu', 'selu', 'sigmoid', 'softplus', 'tanh']);
	});
});
