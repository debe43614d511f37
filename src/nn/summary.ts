// What a network is made of, as a table: layers, shapes, parameters, memory.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { bytes, count, table } from '../graph/describe/table.js';
import {
	backward,
	costOf,
	input,
	isValue,
	ops,
	type Parameter,
	type Shape,
	type Sizes,
	showShape,
	sizeOf,
	type Value,
} from '../graph/index.js';
import { type ScopeUse, scopesIn, type Type } from '../graph/value.js';
import { type Mode, namedParameters, type ParameterTree } from './layer.js';

/** An input's shape, names for sizes that vary; with its type where that is not float32. */
export type InputType = Shape | Type;

/** A layer of one input. */
interface OfOne {
	readonly parameters: ParameterTree;
	apply(x: Value, mode: Mode): unknown;
}

/** A network of named inputs, such as those of `models`. */
interface OfNamed<Inputs> {
	readonly parameters: ParameterTree;
	apply(inputs: Inputs, mode: Mode): unknown;
}

interface SummaryOptions {
	readonly inputs?: InputType | Readonly<Record<string, InputType>>;
	readonly sizes?: Sizes;
}

const kinds: Kinds<SummaryOptions> = {
	inputs: { expected: 'a shape, or shapes by name', fits: (value) => typeof value === 'object' && value !== null },
	sizes: is.object,
};

/** What texts are fed as: `ids` and `lengths`. */
const texts = { ids: { dtype: 'int32', shape: ['batch', 'time'] }, lengths: { dtype: 'int32', shape: ['batch'] } } as const;

/**
 * A table of a network: a row for each layer in the order of use (its name as in parameter names, its kind, the shape that it gives, its
 * parameters), then parameters in all, those of them that no optimizer moves, and memory: of the weights, of training with Adam, where
 * activations need `sizes`, and of a replica: a copy of the weights, two of the gradients; less, where an embedding stays outside the graph. Layers are known by the scopes of their nodes, so that own ones are there if they use `scope`.
 *
 * @example
 * console.log(summary(sequential([linear({ in: 4, out: 8 }), relu()]), { inputs: ['batch', 4], sizes: { batch: 32 } }));
 * console.log(summary(network)); // a network of texts: ids and lengths
 */
export function summary(layer: OfOne, options: { readonly inputs: InputType; readonly sizes?: Sizes }): string;
export function summary<Inputs extends object>(
	network: OfNamed<Inputs>,
	options?: { readonly inputs?: { readonly [Name in keyof Inputs]: InputType }; readonly sizes?: Sizes },
): string;
export function summary(
	{ parameters, apply }: { readonly parameters: ParameterTree; apply(inputs: never, mode: Mode): unknown },
	options: SummaryOptions = {},
): string {
	const { inputs = texts, sizes = {} } = optionsOf('summary', options, kinds);
	const fed: Record<string, Value> = isType(inputs)
		? { x: made('x', inputs) }
		: Object.fromEntries(Object.entries(inputs).map(([name, type]) => [name, made(name, type)]));
	const given = isType(inputs) ? fed.x : { ...fed };
	const mode: Mode = {
		training: true,
		mask: (_rate, shape) => {
			const name = `mask ${Object.keys(fed).length}`;
			fed[name] = input(name, 'float32', shape);
			return fed[name];
		},
		step: () => (fed.step ??= input('step', 'int32', [])),
		move: (state, next) => void next(state),
	};
	const used = scopesIn(() => apply(given as never, mode));
	const names = new Map([...namedParameters(parameters)].map(([name, parameter]) => [parameter as Value, name]));
	const rows = new Rows(names, parameters).of(used);
	const all = [...names.keys()] as Parameter[];
	const total = numbersIn(all);
	const frozen = numbersIn(all.filter((parameter) => parameter.frozen));
	return [
		...table([['layer', 'kind', 'output', 'parameters'], ...rows, ['total', '', '', count(total)]], 3),
		'',
		`Parameters: ${count(total)}, of them ${count(frozen)} frozen.`,
		`Memory: weights ${bytes(4 * total)}. ${training(used.result, { fed, names, trained: total - frozen, sizes })}`,
		`Each replica beside the first: at most ${bytes(4 * total + 8 * (total - frozen))}, and its part of the activations.`,
	].join('\n');
}

const isType = (inputs: object): inputs is InputType => Array.isArray(inputs) || 'shape' in inputs;
const made = (name: string, type: InputType) => ('dtype' in type ? input(name, type.dtype, type.shape) : input(name, 'float32', type));
const numbersIn = (values: Iterable<Value>) => [...values].reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0);

/** What training takes beside the weights: a gradient and Adam's two slots for each number, and results, of forward and backward pass, that live at one time. */
function training(
	result: unknown,
	{
		fed,
		names,
		trained,
		sizes,
	}: { fed: Readonly<Record<string, Value>>; names: ReadonlyMap<Value, string>; trained: number; sizes: Sizes },
): string {
	const output = valueIn(result);
	const learned = [...names].filter(([parameter]) => !(parameter as Parameter).frozen);
	const begin = `In training with Adam: gradients ${bytes(4 * trained)}, slots ${bytes(8 * trained)}`;
	if (!output || learned.length === 0) return `${begin}.`;
	const values = learned.map(([parameter]) => parameter);
	const gradients = backward(ops.reduceSum(output), values);
	const inputs = { ...fed, ...Object.fromEntries([...names].map(([parameter, name]) => [name, parameter])) };
	const outputs = { output, ...Object.fromEntries(values.flatMap((_, at) => (gradients[at] ? [[`gradient ${at}`, gradients[at]]] : []))) };
	const { memory } = costOf({ inputs, outputs }, sizes);
	const missing = new Set(
		Object.values(fed).flatMap(({ shape }) => shape.filter((dim) => typeof dim === 'string' && /^\w+$/.test(dim) && !(dim in sizes))),
	);
	if (missing.size > 0) return `${begin}. For activations, give sizes: { ${[...missing].map((name) => `${name}: …`).join(', ')} }.`;
	if (memory.activations === undefined) return `${begin}, activations unknown.`;
	const activations = Math.max(memory.activations - 4 * trained, 0);
	const batch = Object.entries(sizes).map(([name, size]) => `${name} ${size}`);
	return `${begin}, activations${batch.length > 0 ? ` (${batch.join(', ')})` : ''} about ${bytes(activations)}.`;
}

/** The first value of a layer's result. */
function valueIn(result: unknown): Value | undefined {
	if (typeof result !== 'object' || result === null) return undefined;
	if (isValue(result)) return result;
	for (const part of Object.values(result)) {
		const value = valueIn(part);
		if (value) return value;
	}
	return undefined;
}

/** Rows of a tree of scopes. */
class Rows {
	readonly #names: ReadonlyMap<Value, string>;
	readonly #tree: ParameterTree;
	readonly #counted = new Set<Value>();

	constructor(names: ReadonlyMap<Value, string>, tree: ParameterTree) {
		this.#names = names;
		this.#tree = tree;
	}

	/** The rows of the scopes in a scope, or its own where it has none. */
	of(root: ScopeUse): string[][] {
		const rows = root.inner.flatMap((inner) => this.#rows(inner, []));
		return rows.length > 0 ? rows : [this.#row(root, [])];
	}

	/**
	 * A scope is one row, or the rows of the layers in it. It is taken apart where scopes in it hold all of its parameters, each those of another part of
	 * the tree: an `encoderBlock` has rows for `self_attn`, `linear1`, `norm1` and so on; a `gru` of two layers is one row. A scope
	 * without nodes that is called as a part of the tree (`0` in a `sequential`) has no row: it gives its name to the rows in it.
	 */
	#rows(use: ScopeUse, path: readonly string[]): string[][] {
		const names = (inner: ScopeUse, at: readonly string[]) => inner.nodes.length === 0 && this.#isPart([...at, inner.name]);
		const named = names(use, path);
		const way = named ? [...path, use.name] : path;
		const holding = use.inner.filter((inner) => this.#parameters(inner).size > 0);
		const owners = new Set(holding.map((inner) => this.#owner(inner)));
		const parts = use.inner.filter((inner) => names(inner, way));
		const apart = holding.length > 0 && owners.size === holding.length && !owners.has(this.#owner(use)) && this.#direct(use).length === 0;
		const shown = named
			? use.inner
			: apart || parts.length > 0
				? use.inner.filter((inner) => holding.includes(inner) || parts.includes(inner))
				: [];
		if (shown.length > 0) return shown.flatMap((inner) => this.#rows(inner, way));
		return [this.#row(use, way)];
	}

	#row(use: ScopeUse, way: readonly string[]): string[] {
		const parameters = [...this.#parameters(use)].filter((parameter) => !this.#counted.has(parameter));
		for (const parameter of parameters) this.#counted.add(parameter);
		const output = valueIn(use.result);
		const name = this.#parameters(use).size > 0 ? this.#owner(use) : way.join('.');
		return [name, use.name, output ? showShape(output.shape) : '', parameters.length > 0 ? count(numbersIn(parameters)) : ''];
	}

	/** Whether the tree of parameters has a part of this path. */
	#isPart(path: readonly string[]): boolean {
		let part: ParameterTree | Parameter | undefined = this.#tree;
		for (const name of path) part = (part as ParameterTree)?.[name] as ParameterTree | undefined;
		return typeof part === 'object' && !('initial' in part);
	}

	/** Parameters that a scope's own nodes use. */
	#direct({ nodes }: ScopeUse): Value[] {
		return nodes.flatMap((node) => reads(node).filter((value) => this.#names.has(value)));
	}

	#parameters(use: ScopeUse): ReadonlySet<Value> {
		return new Set([...this.#direct(use), ...use.inner.flatMap((inner) => [...this.#parameters(inner)])]);
	}

	/** The part of the tree that holds all parameters of a scope. */
	#owner(use: ScopeUse): string {
		const paths = [...this.#parameters(use)].map((parameter) => this.#names.get(parameter)!.split('.').slice(0, -1));
		return paths.reduce((shared, path) => shared.slice(0, common(shared, path))).join('.');
	}
}

/** How many names two paths begin with alike. */
function common(a: readonly string[], b: readonly string[]): number {
	const at = a.findIndex((name, place) => name !== b[place]);
	return at < 0 ? a.length : at;
}

/** What a node reads, in its bodies, too. */
function reads({ inputs, attributes }: ScopeUse['nodes'][number]): Value[] {
	const captured = Object.values(attributes).flatMap((attribute) =>
		typeof attribute === 'object' && 'body' in attribute ? [...attribute.body.captures.values()] : [],
	);
	return [...inputs, ...captured];
}
