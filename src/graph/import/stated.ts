// Shapes that follow from computed sizes, where an operator's own rule takes constants only.
import { broadcastShapes, type Dim, differenceDims, productDims, quotientDims, type Shape, sumDims } from '../dim.js';
import { axisOf } from '../ops/axes.js';
import { toEnd } from '../ops/edges.js';
import type { Attributes, Type, Value } from '../value.js';
import type { Contents } from './contents.js';

/** A use of an operator whose shape is wanted. */
export interface Call {
	readonly inputs: readonly Value[];
	readonly contents: readonly (Contents | undefined)[];
	readonly attributes: Attributes;
	/** A name for a size of a result that only the run will tell. */
	readonly open: (axis: number, output?: number) => Dim;
	readonly fail: (reason: string) => never;
}

type State = (call: Call) => readonly Type[] | undefined;

/** The shape that a vector of sizes says; undefined where not even its length is known. */
function sizesIn({ inputs, contents, open }: Call, place: number): readonly (Dim | undefined)[] | undefined {
	const known = contents[place]?.items;
	const [length] = inputs[place]?.shape ?? [];
	return known ?? (typeof length === 'number' && length <= 16 ? Array.from({ length }, (_, axis) => open(axis)) : undefined);
}

const likeFirst = (call: Call, shape: Shape): readonly Type[] => [{ dtype: call.inputs[0]!.dtype, shape }];

const reshape: State = (call) => {
	const [x] = call.inputs;
	const sizes = sizesIn(call, 1);
	if (!sizes) return undefined;
	const dims = sizes.map((size, axis) =>
		size === 0 && call.attributes.allowzero !== 1 ? (x!.shape[axis] ?? call.fail('size 0 copies a dimension that is not there')) : size,
	);
	// One size may be left open: −1, or one that could not be followed.
	const open = dims.flatMap((dim, axis) => (dim === -1 || dim === undefined ? [axis] : []));
	const rest = dims.filter((_, axis) => !open.includes(axis)) as Dim[];
	const [whole, part] = [productDims(x!.shape), productDims(rest)];
	if (open.length === 1) dims[open[0]!] = quotientDims(whole, part) ?? call.open(open[0]!);
	else for (const axis of open) dims[axis] = call.open(axis);
	const numeric = typeof whole === 'number' && typeof part === 'number';
	if (numeric && (open.length === 0 ? whole !== part : part > 0 && whole % part !== 0))
		call.fail(`expected as many elements in ${dims.join('×')}`);
	return likeFirst(call, dims as Dim[]);
};

const expand: State = (call) => {
	const [x] = call.inputs;
	const sizes = sizesIn(call, 1);
	if (!sizes) return undefined;
	const extra = sizes.length - x!.shape.length;
	const target = sizes.map(
		(size, axis) => size ?? (extra <= axis && x!.shape[axis - extra] !== 1 ? x!.shape[axis - extra]! : call.open(axis)),
	);
	return likeFirst(call, broadcastShapes(x!.shape, target) ?? call.fail(`cannot repeat ${x!.shape.join('×')} to ${target.join('×')}`));
};

const range: State = (call) => {
	const [from, to, by] = call.contents.map((part) => part?.items[0]);
	const size = from === undefined || to === undefined || by !== 1 ? undefined : differenceDims(to, from);
	const numbers = typeof from === 'number' && typeof to === 'number' && typeof by === 'number' && by !== 0;
	return likeFirst(call, [numbers ? Math.max(Math.ceil((to - from) / by), 0) : (size ?? call.open(0))]);
};

/** The bound of a slice, counted from the front. */
function boundOf(bound: Dim, size: Dim): Dim {
	if (typeof bound === 'number' && bound >= toEnd) return size;
	const front = typeof bound === 'number' && bound < 0 ? sumDims(size, bound) : bound;
	return typeof front === 'number' && typeof size === 'number' ? Math.min(Math.max(front, 0), size) : front;
}

const slice: State = (call) => {
	const [x] = call.inputs;
	const [starts, ends, axes, steps] = call.contents.slice(1);
	if (call.inputs.slice(1).every(({ constant }) => constant)) return undefined;
	const places = axes?.items ?? (call.inputs[3] ? undefined : call.inputs[1]!.shape[0] === 1 ? [0] : undefined);
	if (!places) return undefined;
	const shape = [...x!.shape];
	for (const [place, at] of places.entries()) {
		const axis = axisOf(at as number, shape.length) ?? call.fail(`expected an axis of ${shape.length} dimensions, got ${at}`);
		const [from, to, step] = [starts?.items[place], ends?.items[place], steps ? steps.items[place] : 1];
		const size = shape[axis]!;
		const known = from !== undefined && to !== undefined && step === 1 ? differenceDims(boundOf(to, size), boundOf(from, size)) : undefined;
		shape[axis] = known ?? call.open(axis);
	}
	return likeFirst(call, shape);
};

/** What both branches give; a size that differs is open. */
const choice: State = ({ attributes, open, fail }) => {
	const [then, other] = ['then_branch', 'else_branch'].map((name) => {
		const value = attributes[name];
		return typeof value === 'object' && 'body' in value ? value.body.outputs : fail(`expected a graph as ${name}`);
	});
	if (then!.length !== other!.length) fail(`expected as many results in both branches, got ${then!.length} and ${other!.length}`);
	return then!.map(({ dtype, shape }, place) => {
		const twin = other![place]!;
		if (twin.dtype !== dtype || twin.shape.length !== shape.length)
			fail(`expected result ${place} to have one type and rank in both branches`);
		return { dtype, shape: shape.map((dim, axis) => (dim === twin.shape[axis] ? dim : open(axis, place))) };
	});
};

/** How many inputs the operators have whose shapes are only stated. */
export const statedInputs: Readonly<Record<string, number>> = Object.assign(Object.create(null), { ConstantOfShape: 1, NonZero: 1 });

/** The shapes that are stated, by operator; undefined leaves it to the operator's rule. */
export const stated: Readonly<Record<string, State>> = {
	Reshape: reshape,
	Expand: expand,
	Range: range,
	Slice: slice,
	ConstantOfShape: (call) => {
		const sizes = sizesIn(call, 0);
		const { value } = call.attributes;
		const dtype = typeof value === 'object' && 'onnx' in value && 'tensor' in value.onnx ? value.onnx.tensor.dtype : 'float32';
		return sizes && [{ dtype, shape: sizes.map((size, axis) => size ?? call.open(axis)) }];
	},
	Tile: (call) => {
		const repeats = call.inputs[1]!.constant ? undefined : sizesIn(call, 1);
		return (
			repeats &&
			likeFirst(
				call,
				repeats.map((count, axis) => (count === undefined ? call.open(axis) : productDims([call.inputs[0]!.shape[axis]!, count]))),
			)
		);
	},
	Pad: (call) => {
		const pads = call.inputs[1]!.constant ? undefined : sizesIn(call, 1);
		const rank = call.inputs[0]!.shape.length;
		return (
			pads &&
			likeFirst(
				call,
				call.inputs[0]!.shape.map((dim, axis) => {
					const [before, after] = [pads[axis], pads[axis + rank]];
					return before === undefined || after === undefined ? call.open(axis) : sumDims(dim, sumDims(before, after));
				}),
			)
		);
	},
	NonZero: (call) => [{ dtype: 'int64', shape: [call.inputs[0]!.shape.length, call.open(1)] }],
	If: choice,
};
