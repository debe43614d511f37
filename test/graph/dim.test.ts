// Arithmetic with named sizes: equal sizes have equal names, and names keep the value.
import fc from 'fast-check';
import {
	addDim,
	canonicalDim,
	createSession,
	type Dim,
	emit,
	fromOnnx,
	input,
	ops,
	productDims,
	readOnnx,
	sizeOfDim,
	tensor,
	writeOnnx,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';

/** A sum or product of sizes, as it is written. */
type Formula = number | string | readonly ['+' | '-' | '*', Formula, Formula] | readonly ['windows' | 'min', Formula, number];

const names = ['batch', 'time', 'past', 'a b', '/x/y.0'];

const formulas = (withWindows: boolean) =>
	fc.letrec<{ formula: Formula; pair: Formula; windows: Formula; min: Formula }>((tie) => ({
		formula: fc.oneof(
			{ maxDepth: 3, depthIdentifier: 'formula' },
			fc.oneof(fc.constantFrom(...names), fc.integer({ min: 0, max: 9 })),
			tie('pair'),
			...(withWindows ? [tie('windows'), tie('min')] : []),
		),
		pair: fc.tuple(fc.constantFrom('+' as const, '-' as const, '*' as const), tie('formula'), tie('formula')),
		windows: fc.tuple(fc.constant('windows' as const), tie('formula'), fc.integer({ min: 1, max: 5 })),
		min: fc.tuple(fc.constant('min' as const), tie('formula'), fc.integer({ min: -9, max: 9 })),
	})).formula;

const assignments = fc
	.tuple(...names.map(() => fc.integer({ min: 1, max: 50 })))
	.map((sizes) => Object.fromEntries(names.map((name, place) => [name, sizes[place]!])));

function text(formula: Formula): string {
	if (!Array.isArray(formula)) return String(formula);
	const [op, a, b] = formula as readonly [string, Formula, Formula];
	if (op === 'min') return `min(${text(a)},${b})`;
	return op === 'windows' ? `windows(${text(a)}/${b})` : `(${text(a)}${op}${text(b)})`;
}

function numberOf(formula: Formula, sizes: Record<string, number>): number {
	if (typeof formula === 'number') return formula;
	if (typeof formula === 'string') return sizes[formula]!;
	const [op, left, right] = formula as readonly [string, Formula, Formula];
	const [a, b] = [numberOf(left, sizes), numberOf(right, sizes)];
	if (op === 'windows') return Math.floor(a / b) + 1;
	if (op === 'min') return Math.min(a, b);
	return op === '+' ? a + b : op === '-' ? a - b : a * b;
}

/** The same polynomial, written in another order with what cancels. */
function shuffled(formula: Formula, noise: Formula): Formula {
	if (!Array.isArray(formula)) return ['-', ['+', noise, formula], noise];
	const [op, a, b] = formula as readonly [string, Formula, Formula];
	if (op === 'windows' || op === 'min') return [op, shuffled(a, noise), b as number];
	if (op === '-') return ['+', ['*', shuffled(b, noise), ['-', 0, 1]], a];
	// a (b + c) = a b + a c
	if (op === '*' && Array.isArray(b) && b[0] === '+') return ['+', ['*', b[2], a], ['*', a, shuffled(b[1], noise)]];
	return [op as '+' | '*', shuffled(b, noise), a];
}

/** Results that are too long to have a name are passed over: the limit has tests of its own. */
function nameOf(formula: Formula): Dim | undefined {
	try {
		return canonicalDim(text(formula));
	} catch (error) {
		expect(String(error)).toMatch(/^RangeError: size: expected a name of at most 256 letters/);
		return undefined;
	}
}

describe('names of sizes', () => {
	it('keep the value', () => {
		fc.assert(
			fc.property(formulas(true), assignments, (formula, sizes) => {
				const name = nameOf(formula);
				if (name === undefined) return;
				// 0 and -0 are one size.
				const expected = numberOf(formula, sizes) + 0;
				expect(sizeOfDim(name, sizes)).toBe(expected);
				expect(sizeOfDim(text(formula), sizes)).toBe(expected);
			}),
			{ numRuns: 2000 },
		);
	});

	it('are the same for equal sizes, however they are written', () => {
		fc.assert(
			fc.property(formulas(true), formulas(false), (formula, noise) => {
				const [name, other] = [nameOf(formula), nameOf(shuffled(formula, noise))];
				if (name !== undefined && other !== undefined) expect(other).toBe(name);
			}),
			{ numRuns: 2000 },
		);
	});

	it('differ for different sizes', () => {
		fc.assert(
			fc.property(formulas(false), formulas(false), assignments, (a, b, sizes) => {
				if (numberOf(a, sizes) !== numberOf(b, sizes) && nameOf(a) !== undefined) expect(nameOf(a)).not.toBe(nameOf(b));
			}),
		);
	});

	it('stay as they are when read again, and sizes add and multiply as their formulas do', () => {
		fc.assert(
			fc.property(formulas(true), formulas(true), fc.integer({ min: -20, max: 20 }), (a, b, by) => {
				const [left, right] = [nameOf(a), nameOf(b)];
				if (left === undefined || right === undefined) return;
				expect(canonicalDim(left)).toBe(left);
				expect(addDim(left, by)).toBe(nameOf(['+', a, by < 0 ? ['-', 0, -by] : by]));
				const product = nameOf(['*', a, b]);
				// 0 and -0 are one size.
				if (product !== undefined) expect(productDims([left, right]) === product).toBe(true);
			}),
		);
	});

	it.each<[written: Dim, name: Dim]>([
		['time+2-2', 'time'],
		['time*batch', 'batch*time'],
		['2*batch+batch', 'batch*3'],
		['past + time', '(past+time)'],
		['batch*(past+time)', '(batch*past+batch*time)'],
		['(time-2)*4', 'time*4-8'],
		['5-time', '(-time)+5'],
		['time-time', 0],
		['(3+4)*2', 14],
		['windows(time+1-3/3)', 'windows(time-2/3)'],
		['windows(10/3)', 4],
		['windows(time/1)', 'time+1'],
		['min(time,1)', 1],
		['min(time+3,5)', 'min(time,2)+3'],
		['min(2-time,-1)', '(min(time,3)-time)-1'],
		['min(-time,0)', '(-time)'],
		['min(time-min(time,5),0)', 0],
		['min(batch*3,3)', 3],
		['2*floor(time/2)', 'floor(time/2)*2'],
		// No formulas: names as they are.
		['a b', 'a b'],
		['a+', 'a+'],
		['(a', '(a'],
		['a)', 'a)'],
		['a**b', 'a**b'],
		['windows(a/2', 'windows(a/2'],
		['', ''],
		[-3, -3],
	])('%s is %s', (written, name) => expect(canonicalDim(written)).toBe(name));

	it('are put in the places of others', () => {
		const known = { past: 3, total: 'past+time', time: 'time', batch: 'b*2' };
		expect(canonicalDim('total', known)).toBe('(past+time)');
		expect(canonicalDim('past+time', known)).toBe('time+3');
		expect(canonicalDim('windows(past*batch-2/3)', known)).toBe('windows(b*6-2/3)');
		expect(canonicalDim('windows(past+4/3)', known)).toBe(3);
		expect(canonicalDim('toString', known)).toBe('toString');
	});

	it('of inputs and stated shapes are brought to one form', () => {
		const x = input('x', 'float32', ['time * batch', 'past+time-time']);
		expect(x.shape).toEqual(['batch*time', 'past']);
		expect(ops.reshape(x, ['past * batch*time']).shape).toEqual(['batch*past*time']);
		expect(ops.expand(input('y', 'float32', [1]), ['time*batch'], [x]).shape).toEqual(['batch*time']);
	});

	it('have at most 256 letters, and whole factors', () => {
		const long = 'n'.repeat(256);
		expect(canonicalDim(long)).toBe(long);
		expect(() => addDim(long, 1)).toThrow(/^size: expected a name of at most 256 letters, got one of 258\. Shorten the names of sizes\.$/);
		expect(() => canonicalDim(`${long}n`)).toThrow(/got one of 257/);
		// 2¹⁶ products in 256 letters.
		const pairs = Array.from({ length: 16 }, (_, place) => `(a${place}+b${place})`).join('*');
		expect(() => canonicalDim(pairs)).toThrow(/at most 256 letters, got one of more than \d+/);
		expect(() => productDims(['batch', 2 ** 40, 2 ** 40])).toThrow(
			/^size: expected whole numbers below 2⁵³, got 1\.2.*\. Correct the sizes\.$/,
		);
	});
});

describe('sizes while the graph runs', () => {
	const run = async (model: Uint8Array, sizes: readonly number[]) => {
		const session = await createSession(model, { threads: 1 });
		try {
			const count = sizes.reduce((a, b) => a * b, 1);
			return (await session.run({ x: tensor('float32', sizes, new Array<number>(count).fill(1)) }, { outputs: ['y'] })).y!.shape;
		} finally {
			await session.release();
		}
	};

	// Named sizes of the result are computed from those of `x [batch, time-2, 3]` and `z [past]`.
	it.each<[name: Dim, expected: number]>([
		['batch', 2],
		['batch*4', 8],
		['batch*4-3', 5],
		['(batch*past+2)', 12],
		['windows(past*batch-3/4)', 2],
		['windows(windows(past/2)*2/3)*past', 15],
		// `time` alone is not there.
		['time-2', 4],
		['batch*time-batch*2', 8],
		['batch*past*time*2-batch*past*4', 80],
	])('%s', async (dim, expected) => {
		const x = input('x', 'float32', ['batch', 'time-2', 'past']);
		const y = ops.expand(ops.reduceSum(x), [dim], [x]);
		expect(await run(writeOnnx(emit({ inputs: { x }, outputs: { y } }, { simplify: false })), [2, 4, 5])).toEqual([expected]);
	});

	it('that no value tells are refused by name', () => {
		const x = input('x', 'float32', ['batch', 'time-2']);
		expect(() => ops.expand(x, ['batch', 'time'], [x])).toThrow(
			/expand: cannot repeat|Expand: cannot repeat|a value that has the size time/,
		);
		expect(() => ops.expand(ops.reduceSum(x), ['time'], [x])).toThrow(/expand: expected a value that has the size time of time, got none/);
	});

	it('the open size of an imported Reshape is a quotient of sums', () => {
		const x = input('x', 'float32', ['batch', 'past+time', 8]);
		const rows = ops.reshape(x, ['batch*past+batch*time', 8]);
		const back = ops.reshape(rows, ['batch', 'past+time', 8], [x]);
		const imported = fromOnnx(readOnnx(writeOnnx(emit({ inputs: { x }, outputs: { y: ops.neg(back) } }, { simplify: false }))));
		expect(imported.outputs.y!.shape).toEqual(['batch', '(past+time)', 8]);
	});
});
