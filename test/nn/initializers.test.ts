// First weights: their mean, deviation and bounds; orthogonal ones exactly; each a function of its place.
import type { Initializer } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';
import { type RefusalsOf, testRefusals } from '../refusals.js';

/** A counter-based draw, as training has it. */
const draw = (seed: number) => (index: number) => {
	let x = Math.imul((index + 1) ^ (seed << 20), 0x9e3779b1);
	x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
	x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
	return ((x ^ (x >>> 15)) >>> 8) / 2 ** 24;
};

const shape = [200, 100, 3];
const [out, inputs] = [200 * 3, 100 * 3];
type Numbers = ReturnType<Initializer>;
const mean = (data: Iterable<number>) => {
	let [sum, count] = [0, 0];
	for (const number of data) [sum, count] = [sum + number, count + 1];
	return sum / count;
};
const deviation = (data: Numbers) => {
	const middle = mean(data);
	return Math.sqrt(mean(Float64Array.from(data, (x) => (x - middle) ** 2)));
};
const largest = (data: Numbers, from = 0) => Float64Array.from(data).reduce((most, x) => Math.max(most, Math.abs(x - from)), 0);

/** The deviation of a normal that is cut off at two. */
const cutDeviation = 0.8796256610342398;

/** An initializer in one form: what its numbers spread by, and where they end. These formulas are what it is compared with; there are no golden cases. */
interface Form {
	readonly initial: Initializer;
	readonly mean?: number;
	readonly deviation: number;
	readonly bound?: number;
}

/** All that is tested of an initializer. */
interface InitializerRow<Make> {
	readonly forms: Readonly<Record<string, Form>>;
	/** Arguments and weights that it cannot use. */
	readonly refuses: RefusalsOf<Make>;
}

/** The exports of `nn` that are initializers, or make one. */
type InitializerName = {
	[Name in keyof typeof nn]: (typeof nn)[Name] extends Initializer
		? Name
		: (typeof nn)[Name] extends (...given: never[]) => infer Made
			? Made extends Initializer
				? Name
				: never
			: never;
}[keyof typeof nn];

const of = (initial: Initializer, deviation: number, more: { mean?: number; bound?: number } = {}): Form => ({
	initial,
	deviation,
	...more,
});

/** What makes the initializer of a name; an export that is one itself takes nothing. */
type MakerOf<Name extends InitializerName> = (typeof nn)[Name] extends Initializer ? () => Initializer : (typeof nn)[Name];

/** One row for each initializer: the type demands it. */
const initializers: { readonly [Name in InitializerName]: InitializerRow<MakerOf<Name>> } = {
	constantly: {
		forms: { constantly: of(nn.constantly(0.25), 0, { mean: 0.25 }) },
		refuses: [[() => nn.constantly(Number.NaN), 'constantly: expected value to be a number, got NaN.']],
	},
	zeros: { forms: { zeros: of(nn.zeros, 0) }, refuses: 'no options' },
	ones: { forms: { ones: of(nn.ones, 0, { mean: 1 }) }, refuses: 'no options' },
	uniform: {
		forms: {
			uniform: of(nn.uniform(0.3), 0.3 / Math.sqrt(3), { bound: 0.3 }),
			'uniform about a mean': of(nn.uniform(0.3, { mean: 2 }), 0.3 / Math.sqrt(3), { mean: 2, bound: 0.3 }),
		},
		refuses: [[() => nn.uniform(-0.1), 'uniform: expected bound to be a number in [0, Infinity), got -0.1.']],
	},
	normal: {
		forms: { normal: of(nn.normal(0.2), 0.2), 'normal about a mean': of(nn.normal(0.2, { mean: -1 }), 0.2, { mean: -1 }) },
		refuses: [[() => nn.normal(-1), 'normal: expected deviation to be a number in [0, Infinity), got -1.']],
	},
	truncatedNormal: {
		forms: {
			truncatedNormal: of(nn.truncatedNormal(0.02), 0.02 * cutDeviation, { bound: 0.04 }),
			'truncatedNormal, narrow': of(nn.truncatedNormal(1, { mean: 1, within: 0.5 }), 0.2838, { mean: 1, bound: 0.5 }),
		},
		refuses: [
			[
				() => nn.truncatedNormal(1, { within: 0 }),
				'truncatedNormal: expected within to be a number of deviations from 0.1, got 0. For less take uniform.',
			],
		],
	},
	xavierUniform: {
		forms: { xavierUniform: of(nn.xavierUniform(), Math.sqrt(2 / (inputs + out)), { bound: Math.sqrt(6 / (inputs + out)) }) },
		refuses: [
			[() => nn.xavierUniform({ gains: 2 } as never), 'xavierUniform: expected an option that it has, got gains. Did you mean gain?'],
		],
	},
	xavierNormal: {
		forms: { xavierNormal: of(nn.xavierNormal({ gain: nn.gains.tanh }), (5 / 3) * Math.sqrt(2 / (inputs + out))) },
		refuses: [[() => nn.xavierNormal({ gain: '1' as never }), "xavierNormal: expected gain to be a number, got '1'."]],
	},
	kaimingUniform: {
		forms: {
			kaimingUniform: of(nn.kaimingUniform(), Math.sqrt(2 / inputs), { bound: Math.sqrt(6 / inputs) }),
			'kaimingUniform, out': of(nn.kaimingUniform({ fan: 'out', gain: 1 }), Math.sqrt(1 / out), { bound: Math.sqrt(3 / out) }),
		},
		refuses: [[() => nn.kaimingUniform({ fan: 'both' as never }), "kaimingUniform: expected fan to be one of 'in', 'out', got 'both'."]],
	},
	kaimingNormal: {
		forms: {
			kaimingNormal: of(nn.kaimingNormal({ gain: nn.gains.leakyRelu(0.2) }), Math.sqrt(2 / 1.04 / inputs)),
			'kaimingNormal, out': of(nn.kaimingNormal({ fan: 'out' }), Math.sqrt(2 / out)),
		},
		refuses: [[() => nn.kaimingNormal()([5], draw(1)), 'initializer: expected weights of at least two axes, got 1']],
	},
	// Columns of length 1 in a space of 200 axes.
	orthogonal: {
		forms: { orthogonal: of(nn.orthogonal(), Math.sqrt(1 / 300)) },
		refuses: [[() => nn.orthogonal()([5], draw(1)), 'orthogonal: expected at least two axes, got 1']],
	},
	zeroRow: {
		forms: { zeroRow: of(nn.zeroRow(nn.normal(0.2), 7), 0.2 * Math.sqrt(199 / 200)) },
		refuses: [
			[() => nn.zeroRow(nn.normal(1), -1), 'zeroRow: expected row to be a whole number from 0, got -1.'],
			[() => nn.zeroRow(1 as never, 0), 'zeroRow: expected initial to be a function, got 1.'],
		],
	},
};
const rows = Object.values(initializers).flatMap(({ forms }) => Object.entries(forms));

describe('initializers', () => {
	for (const [name, { initial, mean: centre = 0, deviation: spread, bound }] of rows) {
		it(name, () => {
			const data = initial(shape, draw(1));
			expect(data).toHaveLength(60_000);
			// Six deviations of what the mean and the deviation of as many numbers themselves spread by.
			expect(Math.abs(mean(data) - centre)).toBeLessThanOrEqual((6 * spread) / Math.sqrt(data.length));
			expect(initial(shape, draw(1))).toEqual(data);
			if (spread === 0) return expect(new Set(data)).toEqual(new Set([centre]));
			expect(Math.abs(deviation(data) / spread - 1)).toBeLessThan(6 / Math.sqrt(2 * data.length));
			if (bound !== undefined) {
				expect(largest(data, centre)).toBeLessThanOrEqual(bound * (1 + 1e-6));
				expect(largest(data, centre)).toBeGreaterThan(bound * 0.99);
			}
			expect(initial(shape, draw(2))).not.toEqual(data);
		});
	}

	it('a row of zeros leaves the others as they are', () => {
		const [with0, without] = [nn.zeroRow(nn.normal(1), 2)([4, 3], draw(1)), nn.normal(1)([4, 3], draw(1))];
		expect(Array.from(with0.subarray(6, 9))).toEqual([0, 0, 0]);
		expect(with0.subarray(0, 6)).toEqual(without.subarray(0, 6));
		expect(with0.subarray(9)).toEqual(without.subarray(9));
	});

	for (const [rows, ...rest] of [
		[40, 40],
		[30, 70],
		[70, 30],
		[12, 4, 5],
	] as const) {
		it(`orthogonal, ${[rows, ...rest].join('×')}`, () => {
			const gain = 1.5;
			const columns = rest.reduce((a: number, b) => a * b, 1);
			const data = nn.orthogonal({ gain })([rows, ...rest], draw(3));
			const along = rows <= columns;
			const [count, width] = along ? [rows, columns] : [columns, rows];
			const at = (vector: number, i: number) => data[along ? vector * columns + i : i * columns + vector]!;
			let worst = 0;
			for (let a = 0; a < count; a++) {
				for (let b = 0; b < count; b++) {
					let dot = 0;
					for (let i = 0; i < width; i++) dot += at(a, i) * at(b, i);
					worst = Math.max(worst, Math.abs(dot / gain ** 2 - (a === b ? 1 : 0)));
				}
			}
			expect(worst).toBeLessThan(1e-5);
		});
	}

	describe('refuse what they cannot fill', () => testRefusals(initializers));

	it('begin a layer, its bias as PyTorch has it', () => {
		const { weight, bias } = nn.linear({ in: 100, out: 50, initial: nn.orthogonal() }).parameters;
		expect(deviation(weight.initial(weight.shape, draw(1)) as Float32Array)).toBeCloseTo(0.1, 2);
		expect(largest(bias!.initial(bias!.shape, draw(1)) as Float32Array)).toBeLessThan(0.1);
	});
});
