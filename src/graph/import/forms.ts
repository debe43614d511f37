// Forms that ONNX allows and the engine's operators do not take, brought to those they do take.

import { dtypes } from '../../tensors/tensor.js';
import type { Dim } from '../dim.js';
import { ShapeError } from '../errors.js';
import type { OnnxNode } from '../onnx/model.js';
import { type Around, floatOf, formula, intOf, list, type Rewrite, withAttributes, withInputs } from '../onnx/rewrite.js';
import type { Value } from '../value.js';

/** How a model is imported. */
export interface ImportOptions {
	/** What a name of a size stands for, where the model does not say it: a number, or another name that is the same size. */
	readonly sizes?: Readonly<Record<string, Dim>>;
	/** False reads Dropout and BatchNormalization as they are outside of training. By default they are what the file says. */
	readonly training?: boolean;
	/** Whether operators of ONNX Runtime's own that stand for several, such as SkipLayerNormalization, are written out, so that gradients go through them. Default false: they are kept. */
	readonly unfused?: boolean;
	/** What becomes of Dropout nodes that drop in training: a value like `x`. By default they are refused. */
	readonly dropout?: (x: Value, rate: number) => Value;
	/** What goes on in the place of the first value that a node gives (of floating-point numbers): itself, or another like it. */
	readonly after?: (value: Value, node: OnnxNode) => Value;
}

/** A rewrite that may depend on how the model is imported. */
type Form = (node: OnnxNode, around: Around, options: ImportOptions) => readonly OnnxNode[];

const identity = (node: OnnxNode): readonly OnnxNode[] => [{ ...node, op: 'Identity', inputs: node.inputs.slice(0, 1), attributes: {} }];

/** A bound that is left out: then it is a minimum or maximum. */
const clip: Rewrite = (node) => {
	const [x, low, high] = node.inputs;
	if (low && high) return [node];
	if (!low && !high) return identity(node);
	return [{ ...node, op: low ? 'Max' : 'Min', inputs: [x!, (low || high)!] }];
};

/** α A B + β C with factors written out. */
const gemm: Rewrite = (node, around) => {
	const [alpha, beta] = [floatOf(node, 'alpha', 1), floatOf(node, 'beta', 1)];
	const plain = withInputs(withAttributes(node, { alpha: undefined, beta: undefined }), node.inputs);
	const [a, b, c] = plain.inputs as [string, string, string | undefined];
	if (alpha === 1 && (beta === 1 || !c)) return [plain];
	const { nodes, apply } = formula(node, around);
	const y = node.outputs[0];
	const scaled = apply('Mul', [apply('Gemm', [a, b], plain.attributes), alpha], {}, c ? undefined : y);
	if (c) apply('Add', [scaled, beta === 1 ? c : apply('Mul', [c, beta])], {}, y);
	return nodes;
};

/** Pads of some axes as pads of all; the value 0 where none is given. */
const pad: Rewrite = (node, around) => {
	const [x, pads, value, axes] = node.inputs as [string, string, string?, string?];
	if (!axes) return [withInputs(node, [x, pads, value])];
	const rank = around.type(x)?.shape?.length ?? around.fail('its rank is not known');
	const [some, places] = [around.numbers(pads), around.numbers(axes)];
	if (!some || !places) return around.fail('its pads are computed');
	const all = new Array<number>(2 * rank).fill(0);
	for (const [place, at] of places.entries()) {
		const axis = at < 0 ? at + rank : at;
		all[axis] = some[place]!;
		all[axis + rank] = some[place + places.length]!;
	}
	return [withInputs(node, [x, list(around, all), value])];
};

/** The lengths of the parts where the node gives their number only: equal ones, the last may be shorter. */
const split: Rewrite = (node, around) => {
	const plain = withAttributes(node, { num_outputs: undefined });
	if (node.inputs[1]) return [plain];
	const shape = around.type(node.inputs[0]!)?.shape;
	const axis = intOf(plain, 'axis', 0);
	const size = shape?.at(axis);
	if (typeof size !== 'number') return around.fail(`it splits ${size} into equal parts`);
	const count = node.outputs.length;
	const part = Math.ceil(size / count);
	const lengths = Array.from({ length: count }, (_, place) => Math.min(part, size - place * part));
	if (lengths.some((length) => length < 0)) around.fail(`it splits ${size} into ${count} parts`);
	return [withInputs(plain, [node.inputs[0], list(around, lengths)])];
};

/** Reductions over no axes: over all, or none where the attribute says so. */
const reduction: Rewrite = (node, around) => {
	const axes = node.inputs[1] ? around.numbers(node.inputs[1])?.length : 0;
	if (axes === 0 && intOf(node, 'noop_with_empty_axes', 0) === 1) return identity(node);
	const plain = withAttributes(node, { noop_with_empty_axes: undefined });
	return [axes === 0 ? withInputs(plain, node.inputs.slice(0, 1)) : plain];
};

const reductions = ['L1', 'L2', 'LogSum', 'LogSumExp', 'Max', 'Mean', 'Min', 'Prod', 'Sum', 'SumSquare'];

/** The forms, by operator. */
export const forms: Readonly<Record<string, Form>> = {
	...Object.fromEntries(reductions.map((name) => [`Reduce${name}`, reduction])),
	Clip: clip,
	Gemm: gemm,
	Pad: pad,
	Split: split,
	Transpose(node, around) {
		if (node.attributes.perm) return [node];
		const rank = around.type(node.inputs[0]!)?.shape?.length ?? around.fail('its rank is not known');
		return [withAttributes(node, { perm: { ints: Array.from({ length: rank }, (_, axis) => rank - 1 - axis) } })];
	},
	Squeeze(node, around) {
		if (node.inputs[1]) return [node];
		const shape = around.type(node.inputs[0]!)?.shape ?? around.fail('its rank is not known');
		return [
			withInputs(node, [
				node.inputs[0],
				list(
					around,
					shape.flatMap((dim, axis) => (dim === 1 ? [axis] : [])),
				),
			]),
		];
	},
	Slice(node, around) {
		const [x, starts, ends, axes, steps] = node.inputs;
		if (axes || !steps) return [withInputs(node, node.inputs)];
		const count = around.numbers(starts!)?.length ?? around.fail('its axes are not known');
		return [
			withInputs(node, [
				x,
				starts,
				ends,
				list(
					around,
					Array.from({ length: count }, (_, axis) => axis),
				),
				steps,
			]),
		];
	},
	CastLike(node, around) {
		const { dtype } = around.type(node.inputs[1]!) ?? around.fail('its type is not known');
		return [{ ...node, op: 'Cast', inputs: node.inputs.slice(0, 1), attributes: { to: { int: dtypes[dtype].onnx } } }];
	},
	// A base and an exponent of two types of floats. A whole exponent is what the operator takes.
	Pow(node, around) {
		const [x, exponent] = node.inputs as [string, string];
		const [like, own] = [around.type(x)?.dtype, around.type(exponent)?.dtype];
		if (!like || !own || like === own || /int/.test(like + own)) return [node];
		const { nodes, apply } = formula(node, around);
		const cast = apply('Cast', [exponent], { to: { int: dtypes[like].onnx } });
		return [...nodes, { ...node, inputs: [x, cast] }];
	},
	Dropout(node, around, { training, dropout }) {
		const flag = node.inputs[2];
		const off = training === false || !flag || around.numbers(flag)?.[0] === 0;
		if (!off && dropout) return [node];
		if (!off) throw new ShapeError('it drops in training. Set training: false to read it as it is outside of training');
		return node.outputs[1] ? [withInputs(node, node.inputs.slice(0, 2))] : identity({ ...node, outputs: node.outputs.slice(0, 1) });
	},
	BatchNormalization: (node, _around, { training }) =>
		training === false ? [{ ...withAttributes(node, { training_mode: undefined }), outputs: node.outputs.slice(0, 1) }] : [node],
};
