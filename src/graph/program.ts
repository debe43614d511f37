// What a graph takes, gives and holds, by name; checked before it is written.
import { argumentOf, is, optionsOf } from '../base/index.js';
import { aTensor } from '../tensors/given.js';
import type { Tensor } from '../tensors/tensor.js';
import { sameShape, showShape } from './dim.js';
import { ShapeError } from './errors.js';
import { numbers, stored, values } from './given.js';
import type { Value } from './value.js';
import { nodesBefore, operands } from './walk.js';

/**
 * What a graph takes, gives and holds, by name. An input may be a value in the middle of a graph: what computes it is then left out.
 * So is an input or initializer that nothing needs. In the file they stand in the order of the records.
 */
export interface Program {
	readonly inputs: Readonly<Record<string, Value>>;
	readonly outputs: Readonly<Record<string, Value>>;
	/** Values that are stored in the file, such as trained weights. */
	readonly initializers?: Readonly<Record<string, { value: Value; data: Tensor }>>;
	/** The versions of other domains than ONNX's own, for operators of an imported model. */
	readonly domains?: Readonly<Record<string, number>>;
	/**
	 * The names of inputs and outputs in the order that the file is to have, where the records do not have it: JavaScript puts names like `10` and
	 * `9` first, the smaller before the larger. Names that are not listed come after those that are.
	 */
	readonly order?: readonly string[];
}

const parts = { inputs: is.needed(values), outputs: is.needed(values), initializers: stored, domains: numbers, order: is.texts };

/**
 * The program as it came.
 *
 * @throws {RangeError} for what is no program.
 * @throws {ShapeError} for numbers that are not of the type and shape of their value.
 * @throws {TypeError} for one name of two values, and for two names of one value that the graph is given: what is fed for one would be lost.
 */
export function programOf(who: string, program: Program): Program {
	const { inputs, outputs, initializers = {} } = optionsOf(who, program, parts);
	const names = new Set<string>();
	for (const name of [inputs, initializers, outputs].flatMap(Object.keys)) {
		if (names.has(name)) {
			throw new TypeError(`${who}: expected one name for each input, initializer and output, but ${name} is the name of two. Rename one.`);
		}
		names.add(name);
	}
	const given = new Map<Value, string>();
	const entries = [...Object.entries(inputs), ...Object.entries(initializers).map(([name, { value }]) => [name, value] as const)];
	for (const [name, value] of entries) {
		const other = given.get(value);
		if (other !== undefined) {
			throw new TypeError(
				`${who}: expected inputs and initializers to be values of their own, but ${other} and ${name} are one value. Keep one name; as outputs one value may have several.`,
			);
		}
		given.set(value, name);
	}
	for (const [name, { value, data }] of Object.entries(initializers)) {
		argumentOf(who, `the data of initializer ${name}`, data, aTensor);
		if (data.dtype === value.dtype && sameShape(data.shape, value.shape)) continue;
		throw new ShapeError(
			`${who}: expected the data of initializer ${name} to be ${value.dtype} ${showShape(value.shape)}, as its value is, got ${data.dtype} ${showShape(data.shape)}. Pass the tensor of that value.`,
		);
	}
	return program;
}

/** The entries of a record, those that are listed first and in that order. */
export function ordered<T>(record: Readonly<Record<string, T>>, order: readonly string[] = []): readonly [name: string, value: T][] {
	const ranks = new Map(order.map((name, rank) => [name, rank]));
	const rankOf = (name: string) => ranks.get(name) ?? order.length;
	return Object.entries(record).sort(([a], [b]) => rankOf(a) - rankOf(b));
}

/** The error of a value that nothing gives: what it is, and which node on the way to `wanted` needs it. Values for which `stop` holds are given. */
export function missingValue(value: Value, wanted: Value, stop: (value: Value) => boolean): TypeError {
	const user = nodesBefore([wanted], { stop, next: operands }).find((node) => operands(node).includes(value));
	const what = value.name ? `input ${value.name}` : 'initial' in value ? 'a parameter' : 'a weight';
	const where = user ? ` of ${user.op}${user.scope && ` in ${user.scope}`}` : '';
	return new TypeError(
		`emit: expected every value that nodes need among inputs and initializers, got none for ${what}${where}, ${value.dtype} ${showShape(value.shape)}. Add it to inputs to feed it, or to initializers with its numbers.`,
	);
}
