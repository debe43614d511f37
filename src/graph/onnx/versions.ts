// What changed between opsets 11 and 26, by operator; since when the engine's own ones are there, their facts say. The engine works in the forms of opset 21; later ones only add to them.

import { tensor } from '../../tensors/tensor.js';
import { type OpName, operatorOf } from '../ops/index.js';
import { flattened, gelu, hardSwish, layerNormalization, orEqual, rmsNormalization, shapePart, softmax, swish } from './formulas.js';
import type { OnnxAttribute, OnnxNode } from './model.js';
import { type Around, holds, intOf, list, type Rewrite, withAttributes, withInputs } from './rewrite.js';

/** A change of an operator's form: from which opset on, and the ways over it. What is not there needs nothing. */
export interface Change {
	readonly since: number;
	/** From the form before to the form since. */
	readonly up?: Rewrite;
	/** From the form since to the one before. */
	readonly down?: Rewrite;
	/** Whether a node can only be said in this form or a later one. */
	readonly needs?: (node: OnnxNode) => boolean;
}

/** A list of integers that was an attribute became an input. */
const toInput = (since: number, name: string, place: number): Change => ({
	since,
	up(node, around) {
		const value = node.attributes[name];
		if (!value || !('ints' in value)) return [node];
		const inputs = Array.from({ length: Math.max(node.inputs.length, place + 1) }, (_, at) =>
			at === place ? list(around, value.ints) : node.inputs[at],
		);
		return [withInputs(withAttributes(node, { [name]: undefined }), inputs)];
	},
	down(node, around) {
		const input = node.inputs[place];
		const values = input ? (around.numbers(input) ?? around.fail(`its ${name} are computed`)) : undefined;
		const inputs = node.inputs.map((name, at) => (at === place ? undefined : name));
		return [withInputs(withAttributes(node, { [name]: values && { ints: values } }), inputs)];
	},
});

/** Reductions over no axes: over all, or none where the attribute says so. */
const reduction = (since: number): Change => {
	const axes = toInput(since, 'axes', 1);
	return {
		...axes,
		down(node, around) {
			const axesGiven = node.inputs[1] && (around.numbers(node.inputs[1])?.length ?? 1) > 0;
			if (!axesGiven && intOf(node, 'noop_with_empty_axes', 0) === 1)
				return [{ ...withInputs(node, [node.inputs[0]]), op: 'Identity', attributes: {} }];
			const plain = withAttributes(node, { noop_with_empty_axes: undefined });
			return axesGiven ? axes.down!(plain, around) : [withInputs(plain, [node.inputs[0]])];
		},
	};
};

/** Attributes that an operator has since an opset; each with the value that means the same as before. */
const added = (since: number, attributes: Readonly<Record<string, number | string>>): Change => {
	const names = Object.entries(attributes);
	return {
		since,
		needs: (node) => names.some(([name, value]) => !holds(node.attributes[name], value)),
		down(node, around) {
			const used = names.find(([name, value]) => !holds(node.attributes[name], value));
			if (used) around.fail(`its attribute ${used[0]} came with opset ${since}`);
			return [withAttributes(node, Object.fromEntries(names.map(([name]) => [name, undefined])))];
		},
	};
};

/** An operator that is there since an opset, and how it is written before. */
const came = (since: number, down?: Rewrite): Change => ({
	since,
	needs: () => true,
	down: down ?? ((_node, around) => around.fail(`it came with opset ${since}`)),
});

/** Softmax and its kin: before opset 13 all axes from `axis` on were one. */
const normalization = (down: Rewrite): Change => ({
	since: 13,
	up(node, around) {
		const axis = intOf(node, 'axis', 1);
		const last = axis === -1 || axis + 1 === around.type(node.inputs[0]!)?.shape?.length;
		return last ? [withAttributes(node, { axis: { int: -1 } })] : flattened(node, around);
	},
	down(node, around) {
		const axis = intOf(node, 'axis', -1);
		const last = axis === -1 || axis + 1 === around.type(node.inputs[0]!)?.shape?.length;
		return last ? [withAttributes(node, { axis: { int: -1 } })] : down(node, around);
	},
});

const dropout: Change = {
	since: 12,
	up(node, around) {
		const ratio = node.attributes.ratio;
		const value = around.constant(tensor('float32', [], [ratio && 'float' in ratio ? ratio.float : 0.5]));
		return [withInputs(withAttributes(node, { ratio: undefined }), [node.inputs[0], value])];
	},
	down(node, around) {
		const [x, ratio, training] = node.inputs;
		if (training && around.numbers(training)?.[0] !== 0) around.fail('it drops in training');
		const [value = 0.5] = ratio ? (around.numbers(ratio) ?? around.fail('its ratio is computed')) : [];
		return [withInputs(withAttributes(node, { ratio: { float: value }, seed: undefined }), [x])];
	},
};

const batchNormalization: Change = {
	since: 14,
	up: (node, around) => (node.outputs.slice(1).some(Boolean) ? around.fail('it is in training mode') : [node]),
	down(node, around) {
		if (intOf(node, 'training_mode', 0) !== 0) around.fail('it is in training mode');
		return [{ ...withAttributes(node, { training_mode: undefined }), outputs: node.outputs.slice(0, 1) }];
	},
};

/** The tensor that a Constant holds, whatever its attribute. */
export function constantOf({ attributes }: OnnxNode, around: Pick<Around, 'fail'>) {
	const { value, value_int, value_ints, value_float, value_floats } = attributes as Record<string, OnnxAttribute | undefined>;
	if (value && 'tensor' in value) return value.tensor;
	if (value_int && 'int' in value_int) return tensor('int64', [], [value_int.int]);
	if (value_ints && 'ints' in value_ints) return tensor('int64', [value_ints.ints.length], value_ints.ints);
	if (value_float && 'float' in value_float) return tensor('float32', [], [value_float.float]);
	if (value_floats && 'floats' in value_floats) return tensor('float32', [value_floats.floats.length], value_floats.floats);
	return around.fail('it holds no numbers');
}

/** Without a size 0 it does not matter what that means. Computed sizes are 0 in empty batches only: those need a newer opset. */
const reshape: Change = {
	...added(14, { allowzero: 0 }),
	down(node, around) {
		const copies = around.numbers(node.inputs[1]!)?.includes(0);
		if (copies && intOf(node, 'allowzero', 0) === 1) around.fail('a size 0 would copy another (attribute allowzero)');
		return [withAttributes(node, { allowzero: undefined })];
	},
};

const recurrent = added(14, { layout: 0 });
const scatter = [added(16, { reduction: 'none' })];

const table: Readonly<Record<string, readonly Change[]>> = {
	Squeeze: [toInput(13, 'axes', 1)],
	Unsqueeze: [toInput(13, 'axes', 1)],
	ReduceSum: [reduction(13)],
	ReduceL1: [reduction(18)],
	ReduceL2: [reduction(18)],
	ReduceLogSum: [reduction(18)],
	ReduceLogSumExp: [reduction(18)],
	ReduceMax: [reduction(18)],
	ReduceMean: [reduction(18)],
	ReduceMin: [reduction(18)],
	ReduceProd: [reduction(18)],
	ReduceSumSquare: [reduction(18)],
	Split: [
		toInput(13, 'split', 1),
		{
			since: 18,
			up: (node) => [node.inputs[1] ? node : withAttributes(node, { num_outputs: { int: node.outputs.length } })],
			down: (node) => [withAttributes(node, { num_outputs: undefined })],
		},
	],
	Softmax: [normalization(softmax(false))],
	LogSoftmax: [normalization(softmax(true))],
	Hardmax: [normalization((_node, around) => around.fail('its axis is not the last'))],
	Dropout: [dropout],
	BatchNormalization: [batchNormalization],
	Constant: [{ since: 12, down: (node, around) => [{ ...node, attributes: { value: { tensor: constantOf(node, around) } } }] }],
	Pad: [{ since: 18, down: (node, around) => (node.inputs[3] ? around.fail('it names axes') : [node]) }],
	Shape: [
		{
			since: 15,
			down: (node, around) =>
				holds(node.attributes.start, 0) && !node.attributes.end ? [withAttributes(node, { start: undefined })] : shapePart(node, around),
		},
	],
	ArgMax: [added(12, { select_last_index: 0 })],
	ArgMin: [added(12, { select_last_index: 0 })],
	AveragePool: [added(19, { dilations: 1 })],
	Cast: [added(19, { saturate: 1 }), added(24, { round_mode: 'up' })],
	CastLike: [came(15), added(19, { saturate: 1 }), added(24, { round_mode: 'up' })],
	DequantizeLinear: [added(13, { axis: 1 }), added(21, { block_size: 0 }), added(23, { output_dtype: 0 })],
	QuantizeLinear: [
		added(13, { axis: 1 }),
		added(19, { saturate: 1 }),
		added(21, { block_size: 0, output_dtype: 0 }),
		added(23, { precision: 0 }),
	],
	GatherND: [added(12, { batch_dims: 0 })],
	GRU: [recurrent],
	LSTM: [recurrent],
	RNN: [recurrent],
	LpPool: [added(18, { ceil_mode: 0, dilations: 1 })],
	Reshape: [reshape],
	Resize: [added(18, { antialias: 0, keep_aspect_ratio_policy: 'stretch' })],
	ScatterElements: scatter,
	ScatterND: scatter,
	RoiAlign: [
		{
			since: 16,
			up: (node) => [withAttributes(node, { coordinate_transformation_mode: { string: 'output_half_pixel' } })],
			down: (node, around) =>
				node.attributes.coordinate_transformation_mode && holds(node.attributes.coordinate_transformation_mode, 'output_half_pixel')
					? [withAttributes(node, { coordinate_transformation_mode: undefined })]
					: around.fail('its pixels are counted from their middle'),
		},
	],
	GroupNormalization: [{ since: 21, up: (_node, around) => around.fail('its scale is one for a group, not one for a channel') }],
	Swish: [came(24, swish)],
	Attention: [{ since: 24, needs: (node) => Boolean(node.inputs[6]) }, added(25, { left_window_size: -1, right_window_size: -1 })],
	...Object.fromEntries(
		(
			[
				[12, 'NegativeLogLikelihoodLoss SoftmaxCrossEntropyLoss'],
				[15, 'Bernoulli'],
				[16, 'GridSample'],
				[17, 'BlackmanWindow DFT HammingWindow HannWindow MelWeightMatrix STFT'],
				[18, 'BitwiseAnd BitwiseNot BitwiseOr BitwiseXor CenterCropPad Col2Im'],
				[19, 'DeformConv'],
				[20, 'AffineGrid'],
				[23, 'RotaryEmbedding'],
				[24, 'TensorScatter'],
				[26, 'BitCast CumProd'],
			] as const
		).flatMap(([since, names]) => names.split(' ').map((name) => [name, [came(since)]])),
	),
};

/** How the engine's operators are written in opsets before theirs. */
const before: { readonly [Op in OpName]?: Rewrite } = {
	Gelu: gelu,
	GreaterOrEqual: orEqual('Greater'),
	HardSwish: hardSwish,
	LayerNormalization: layerNormalization,
	LessOrEqual: orEqual('Less'),
	RMSNormalization: rmsNormalization,
};

/** The changes of an operator, oldest first. */
export function changesOf(op: string): readonly Change[] {
	const since = operatorOf(op)?.since;
	const later = Object.hasOwn(table, op) ? table[op]! : [];
	return since === undefined ? later : [came(since, before[op as OpName]), ...later];
}
