// An ONNX model as values of the engine, so that a graph this library did not build is extended, differentiated and written back.
import { is, optionsOf } from '../../base/index.js';
import { isFloat, type Tensor, tensor } from '../../tensors/tensor.js';
import { absent, present } from '../absent.js';
import { constant } from '../constant.js';
import { canonicalDim, type Dim, sameShape, showShape } from '../dim.js';
import type { Program } from '../emit.js';
import { ShapeError } from '../errors.js';
import { modelOf } from '../given.js';
import { convertNode, engineOpset } from '../onnx/convert.js';
import { miscountOf } from '../onnx/counts.js';
import type { OnnxGraph, OnnxModel, OnnxNode } from '../onnx/model.js';
import type { Around } from '../onnx/rewrite.js';
import { constantOf } from '../onnx/versions.js';
import { operatorOf } from '../ops/index.js';
import { scanOfBody } from '../scan/from-body.js';
import { type Attribute, type Body, node as build, input, recorded, type ShapeRule, scope, type Type, type Value } from '../value.js';
import { bodyOf } from '../walk.js';
import { type Contents, contentsOf, evaluations, holdsItem } from './contents.js';
import { forms, type ImportOptions } from './forms.js';
import { fusedForms } from './fused-forms.js';
import { keptOf } from './kept.js';
import { errorIn, expectInputs, withoutStop } from './node-errors.js';
import { inOrder } from './order.js';
import { stated, statedInputs } from './stated.js';

/** A model as values, ready for `emit`. Initializers are those of floating-point numbers: gradients can flow to them. Others are constants. */
export interface ImportedModel extends Program {
	readonly initializers: Readonly<Record<string, { readonly value: Value; readonly data: Tensor }>>;
	/** The versions of other domains whose operators it uses. */
	readonly domains: Readonly<Record<string, number>>;
	/** The names of its inputs and outputs in their order. */
	readonly order: readonly string[];
}

/**
 * Turns a model into values. Each operator takes the form of opset 21 and goes through the engine's shape rule; computed shapes are followed.
 * An operator that the engine does not know is kept as it is: the graph computes it, `backward` refuses to go through it.
 *
 * @throws {RangeError} for what is no model, and for a graph that cannot run: circular, with a name that nothing gives, or one that two nodes give.
 * @throws {ShapeError} for shapes that clash or cannot be told, naming the node.
 */
export function fromOnnx(model: OnnxModel, options: ImportOptions = {}): ImportedModel {
	modelOf('fromOnnx', model, 'Read a file by readOnnxFile(path), its bytes by readOnnx(bytes).');
	const importer = new Importer(
		model,
		optionsOf('fromOnnx', options, { sizes: is.object, training: is.flag, unfused: is.flag, dropout: is.function, after: is.function }),
	);
	const { inputs, initializers } = importer.begin(model.graph);
	const outputs = importer.nodes(model.graph);
	return {
		inputs: recordOf(inputs),
		initializers: recordOf(initializers),
		outputs: recordOf(outputs),
		domains: model.domains ?? {},
		order: [...inputs, ...outputs].map(([name]) => name),
	};
}

/** Values by name, in their order. Not a record: its order puts names that are whole numbers first. */
type Named<T> = readonly (readonly [name: string, value: T])[];

/** A record of them without a prototype: a file may use any name. */
const recordOf = <T>(named: Named<T>): Readonly<Record<string, T>> => Object.assign(Object.create(null), Object.fromEntries(named));

/** The sizes a model may have: what is larger is no size. */
const isSize = (dim: Dim) => typeof dim === 'string' || (Number.isSafeInteger(dim) && dim >= 0);

/** Values by the names of one graph; a body looks outward for those around it. */
class Importer {
	readonly values = new Map<string, Value>();
	/** What vectors of sizes hold. */
	readonly contents: Map<Value, Contents>;
	readonly hints = new Map<string, Type>();
	readonly model: OnnxModel;
	readonly options: ImportOptions;
	readonly outer: Importer | undefined;
	private fresh = 0;

	constructor(model: OnnxModel, options: ImportOptions, outer?: Importer) {
		this.model = model;
		this.options = options;
		this.outer = outer;
		this.contents = outer?.contents ?? new Map();
	}

	find(name: string): Value | undefined {
		return this.values.get(name) ?? this.outer?.find(name);
	}

	/** Takes what is there when a graph begins. An input that is an initializer, too, has it as its default, and is not fed. */
	begin({ inputs, initializers, values = [], outputs }: OnnxGraph) {
		for (const { name, dtype, shape } of [...values, ...outputs]) this.hints.set(name, { dtype, shape: this.declared(name, shape) });
		const made: [string, Value][] = [];
		const stored: [string, { readonly value: Value; readonly data: Tensor }][] = [];
		for (const [name, data] of initializers) {
			const value = isFloat(data.dtype) ? { dtype: data.dtype, shape: data.shape } : constant(data);
			this.values.set(name, value);
			if (isFloat(data.dtype)) stored.push([name, { value, data }]);
		}
		for (const { name, dtype, shape } of inputs) {
			if (initializers.has(name)) continue;
			if (this.values.has(name))
				throw new RangeError(`fromOnnx: expected each name once, got two inputs called ${name}. Export the model again.`);
			const value = input(name, dtype, this.declared(name, shape));
			made.push([name, value]);
			this.values.set(name, value);
		}
		return { inputs: made, initializers: stored };
	}

	/** Builds all nodes of a graph; gives its outputs. */
	nodes(graph: OnnxGraph): Named<Value> {
		for (const node of inOrder(graph, (name) => this.find(name) !== undefined)) {
			const where = layerOf(node.name);
			try {
				const wrong = miscountOf(node);
				if (wrong) throw new RangeError(`expected counts of what it has, got ${wrong}`);
				const build = () => {
					for (const raised of this.raised(node)) for (const formed of this.formed(raised)) this.add(formed);
					this.goOn(node);
				};
				if (where) scope(where, build);
				else build();
			} catch (error) {
				throw errorIn(node, error);
			}
		}
		return graph.outputs.map(({ name }) => [name, this.find(name)!] as const);
	}

	raised(node: OnnxNode): readonly OnnxNode[] {
		return this.model.opset >= engineOpset ? [node] : convertNode(node, this.model.opset, engineOpset, this.around);
	}

	formed(node: OnnxNode): readonly OnnxNode[] {
		if (this.options.unfused && Object.hasOwn(fusedForms, node.op))
			return fusedForms[node.op]!(node, this.around).flatMap((part) => this.formed(part));
		return Object.hasOwn(forms, node.op) ? forms[node.op]!(node, this.around, this.options) : [node];
	}

	readonly around: Around = {
		numbers: (name) => {
			const found = this.find(name)?.constant;
			return found && Array.from(found.data as ArrayLike<number | bigint>, Number);
		},
		type: (name) => this.find(name),
		constant: (value) => {
			const name = this.around.fresh();
			this.values.set(name, constant(value));
			return name;
		},
		fresh: () => {
			let name: string;
			do name = `import.${this.fresh++}`;
			while (this.find(name) || this.hints.has(name));
			return name;
		},
		fail: (reason) => {
			throw new ShapeError(`${reason}. Export the model again with constant sizes, or with a newer opset.`);
		},
	};

	shape(shape: readonly Dim[]): readonly Dim[] {
		return shape.map((dim) => {
			const size = canonicalDim(dim, this.options.sizes);
			if (!isSize(size)) throw new RangeError(`expected sizes below 2⁵³, got ${shape.join('×')}`);
			return size;
		});
	}

	/** The shape that the file says a value has. */
	declared(name: string, shape: readonly Dim[]): readonly Dim[] {
		try {
			return this.shape(shape);
		} catch (error) {
			throw new RangeError(`fromOnnx: ${name}: ${withoutStop(error as Error)}. Export the model again.`);
		}
	}

	/** What goes on in the place of what a node gives. */
	goOn(node: OnnxNode) {
		const [name] = node.outputs;
		const value = this.values.get(name!);
		if (!this.options.after || !value?.node || !isFloat(value.dtype)) return;
		this.values.set(name!, this.alike(this.options.after(value, node), value));
	}

	alike(value: Value, like: Value): Value {
		if (value.dtype === like.dtype && sameShape(value.shape, like.shape)) return value;
		const [expected, got] = [like, value].map(({ dtype, shape }) => `${dtype} ${showShape(shape)}`);
		throw new ShapeError(`expected ${expected} in the place of what it gives, got ${got}. Cast or reshape it.`);
	}

	/** A Dropout node that drops in training, as the options say. */
	drop({ inputs: [x, ratio], outputs: [y, mask] }: OnnxNode, dropout: NonNullable<ImportOptions['dropout']>) {
		if (mask && this.model.graph.nodes.some(({ inputs }) => inputs.includes(mask))) this.around.fail('its mask is used');
		const stored = ratio ? this.model.graph.initializers.get(ratio)?.data : [0.5];
		const rate = this.around.numbers(ratio ?? '')?.[0] ?? stored?.[0] ?? this.around.fail('its ratio is computed');
		this.values.set(y!, this.alike(dropout(this.find(x!)!, Number(rate)), this.find(x!)!));
	}

	/** Builds one node in the engine's form. */
	add(node: OnnxNode) {
		if (node.op === 'Dropout' && this.options.dropout) {
			this.drop(node, this.options.dropout);
			return;
		}
		if (node.op === 'Constant') {
			this.values.set(node.outputs[0]!, constant(constantOf(node, this.around)));
			return;
		}
		const inputs = node.inputs.map((name) => (name === '' ? absent : this.find(name)!));
		while (inputs.at(-1) === absent) inputs.pop();
		// Its places are counted.
		if (node.op === 'Loop') while (inputs.length < 2) inputs.push(absent);
		expectInputs(inputs, operatorOf(node.op)?.inputs ?? keptOf(node.op)?.inputs ?? statedInputs[node.op]);
		const attributes = Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, this.attribute(value)]));
		const contents = inputs.map((value) => this.contentsOf(value));
		const loop = node.op === 'Scan' && typeof attributes.body === 'object' && 'body' in attributes.body ? attributes.body.body : undefined;
		const outputs = loop ? scanOfBody(inputs, loop, attributes) : build(node.op, this.rule(node, contents), inputs, attributes);
		const known = Object.hasOwn(evaluations, node.op) ? evaluations[node.op]!({ inputs, contents, attributes }) : undefined;
		for (const [place, name] of node.outputs.entries()) {
			if (name !== '')
				this.values.set(
					name,
					this.folded(outputs[place] ?? this.around.fail(`it has ${outputs.length} outputs, not ${node.outputs.length}`), known?.[place]),
				);
		}
	}

	/** A value whose contents are known: a constant where they are all numbers. */
	folded(value: Value, known: Contents | undefined): Value {
		if (!known || value.shape.length > 1 || !known.items.every((item) => holdsItem(value.dtype, item))) return value;
		if (value.shape.length !== (known.scalar ? 0 : 1) || (value.shape[0] ?? 1) !== known.items.length) return value;
		if (known.items.every((item) => typeof item === 'number'))
			return constant(tensor(value.dtype, known.scalar ? [] : [known.items.length], known.items));
		this.contents.set(value, known);
		return value;
	}

	contentsOf(value: Value): Contents | undefined {
		return this.contents.get(value) ?? (value.constant && contentsOf(value.constant));
	}

	/** The shape rule of a node: from computed sizes, the operator's own, or what the file says of its outputs. */
	rule(node: OnnxNode, contents: readonly (Contents | undefined)[]): ShapeRule {
		const own = operatorOf(node.op) ?? keptOf(node.op);
		const hinted = (place: number) => this.hints.get(node.outputs[place] ?? '');
		return (inputs, attributes, fail) => {
			const open = (axis: number, output = 0) => hinted(output)?.shape[axis] ?? `${node.outputs[output]}.${axis}`;
			const known = Object.hasOwn(stated, node.op) ? stated[node.op]!({ inputs, contents, attributes, open, fail }) : undefined;
			const types =
				known ?? (own && withHalf(own)(inputs, attributes, fail)) ?? node.outputs.map((_, place) => hinted(place) ?? fail(unknown(node)));
			return types.map(({ dtype, shape }) => ({ dtype, shape: this.shape(shape) }));
		};
	}

	attribute(value: OnnxNode['attributes'][string]): Attribute {
		if ('int' in value) return value.int;
		if ('string' in value) return value.string;
		if ('ints' in value) return value.ints;
		if ('float' in value) return value;
		if ('graph' in value) return { body: this.body(value.graph) };
		return { onnx: value };
	}

	/** A graph inside a node. What it takes from outside is captured; nothing moves out of it: a branch that is not taken costs nothing. */
	body(graph: OnnxGraph): Body {
		const inner = new Importer(this.model, this.options, this);
		const { inputs, initializers } = inner.begin(graph);
		for (const [name, { data }] of initializers) inner.values.set(name, constant(data));
		const { result, nodes } = recorded(() => inner.nodes(graph).map(([, value]) => value));
		return bodyOf(
			inputs.map(([, value]) => value),
			result,
			inputs.length === 0 ? nodes : undefined,
		);
	}
}

const unknown = ({ op }: OnnxNode) =>
	`the engine does not know ${op}, and the model does not say what it gives. Run shape inference on the model (onnx.shape_inference.infer_shapes), so that it is kept`;

/** The rule of an operator for 16-bit floats, which are kept but not computed with: what it says of float32. */
function withHalf(rule: ShapeRule): ShapeRule {
	return (inputs, attributes, fail) => {
		const half = inputs.find(({ dtype }) => dtype === 'float16' || dtype === 'bfloat16')?.dtype;
		if (!half) return rule(present(inputs), attributes, fail);
		const wide = inputs.map((value): Value => (value.dtype === half ? { ...value, dtype: 'float32' } : value));
		const types = rule(present(wide), attributes, fail);
		return attributes.to === undefined ? types.map((type) => (type.dtype === 'float32' ? { ...type, dtype: half } : type)) : types;
	};
}

/** The layer that a node belongs to, by the names of PyTorch's exporters: `/encoder/layer.0/MatMul` is in `encoder.layer.0`. Else its name. */
function layerOf(name: string): string {
	const parts = name.split('/').filter(Boolean);
	return parts.length > 1 ? parts.slice(0, -1).join('.') : name;
}
