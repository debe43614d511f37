// Compares gradients with central differences: every element of every input.
import {
	backward,
	constant,
	createSession,
	emit,
	input,
	ops,
	type Parameter,
	type Session,
	type Shape,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';

/** A graph to check: float inputs by shape, other inputs by value; sizes for named dimensions. */
export interface GradientCase {
	/** Shapes of the inputs that get gradients. Their numbers come from `at`. */
	readonly shapes: readonly (readonly number[])[];
	/** The shapes as the graph sees them, where they have names. */
	readonly named?: readonly Shape[];
	readonly build: (...inputs: Value[]) => Value;
	/** What is done to the sum of the outputs at the very end: nothing by default. */
	readonly last?: (sum: Value) => Value;
	/** The numbers of input `place`, element `index`; distinct and away from 0 by default. */
	readonly at?: (index: number, place: number) => number;
	/** Parameters that `build` uses: checked after the inputs. They are float32, so the whole case is. */
	readonly parameters?: readonly Parameter[];
	/** float64 unless ONNX Runtime has no such kernel. */
	readonly dtype?: 'float32' | 'float64';
}

/** Numbers above 0. */
export const positive = (index: number, place: number) => 0.3 + ((index * 7 + place * 3) % 11) / 5;
/** Numbers apart by more than central differences move them, for the maxima of float32. */
export const apart = (index: number) => ((index * 37 + 11) % 101) / 20 - 2.5;
/** A constant of indices. */
export const int32 = (shape: readonly number[], values: number[]) => constant(tensor('int32', shape, values));
/** A constant of zeros. */
export const zeros = (size: number) => constant(tensor('float64', [size], new Array<number>(size).fill(0)));

const settings = { float64: { step: 1e-5, tolerance: 1e-6 }, float32: { step: 1e-2, tolerance: 2e-3 } } as const;

/** Numbers in (−2, 2) that look random, none near 0, no two equal. */
const scattered = (index: number, place: number) => {
	const spread = Math.sin((index + 1) * 12.9898 + (place + 1) * 78.233) * 43758.5453;
	const unit = spread - Math.floor(spread);
	return (unit < 0.5 ? -1 : 1) * (0.1 + 1.8 * Math.abs(2 * unit - 1)) + index * 1e-3;
};

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** A case as a graph: its inputs, the loss, and the numbers to feed. */
export function graphOf({
	shapes: inputShapes,
	named = inputShapes,
	parameters = [],
	build,
	last = (sum) => sum,
	at = scattered,
	dtype = 'float64',
}: GradientCase) {
	const given = inputShapes.map((_, place) => input(`x${place}`, dtype, named[place]!));
	const y = build(...given);
	const inputs = [...given, ...parameters];
	const shapes = [...inputShapes, ...parameters.map((parameter) => parameter.shape)];
	// A weighted sum of the output, so that no gradient hides behind another: the weights are (place + 1) / (place + 3).
	const flat = ops.reshape(y, [y.shape.every((dim) => typeof dim === 'number') ? sizeOf(y.shape as number[]) : 'all']);
	const weights = ops.cast(ops.places(flat, 0), dtype);
	const loss = last(ops.reduceSum(ops.mul(flat, ops.div(ops.add(weights, 1), ops.add(weights, 3)))));
	const numbers = (shape: readonly number[], place: number) => Array.from({ length: sizeOf(shape) }, (_, index) => at(index, place));
	const feeds = Object.fromEntries(shapes.map((shape, place) => [`x${place}`, tensor(dtype, shape, numbers(shape, place))]));
	return { inputs, y, loss, feeds, dtype };
}

async function withSession<T>(
	inputs: readonly Value[],
	outputs: Readonly<Record<string, Value>>,
	use: (session: Session) => Promise<T>,
): Promise<T> {
	const program = { inputs: Object.fromEntries(inputs.map((value, place) => [`x${place}`, value])), outputs };
	const session = await createSession(writeOnnx(emit(program)), { threads: 2 });
	try {
		return await use(session);
	} finally {
		await session.release();
	}
}

const fetch = (session: Session, feeds: Readonly<Record<string, Tensor>>, outputs: readonly string[]) =>
	session.run(Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!])), { outputs });

/** The largest difference between a gradient and its central difference, relative to 1 + |gradient|. */
export async function gradientError(gradientCase: GradientCase): Promise<number> {
	const { inputs, loss, feeds, dtype } = graphOf(gradientCase);
	const gradients = backward(loss, inputs);
	const outputs = { loss, ...Object.fromEntries(gradients.flatMap((value, place) => (value ? [[`g${place}`, value]] : []))) };
	return withSession(inputs, outputs, async (session) => {
		const lossOf = async () => Number((await fetch(session, feeds, ['loss'])).loss!.data[0]);
		const exact = await fetch(session, feeds, session.outputs);
		let worst = 0;
		const { step } = settings[dtype];
		for (const place of inputs.keys()) {
			const { data, shape } = feeds[`x${place}`]!;
			const gradient = exact[`g${place}`];
			if (!gradient) throw new Error(`no gradient for input ${place}`);
			if (gradient.shape.join() !== shape.join()) throw new Error(`gradient ${place} has the shape ${gradient.shape}, not ${shape}`);
			const numbers = data as Float64Array;
			for (let index = 0; index < numbers.length; index++) {
				const kept = numbers[index]!;
				numbers[index] = kept + step;
				const above = await lossOf();
				numbers[index] = kept - step;
				const below = await lossOf();
				numbers[index] = kept;
				const difference = (above - below) / (2 * step);
				const error = Math.abs(Number(gradient.data[index]) - difference) / (1 + Math.abs(difference));
				worst = Number.isNaN(error) ? Number.NaN : Math.max(worst, error);
			}
		}
		return worst;
	});
}

/**
 * The case with each of its sizes in turn made 1, and 0: as many of these as its graph takes, forward, and has a number for. Named sizes are at
 * least 1 when a graph runs, and so are those computed from them.
 */
export async function edgesOf(gradientCase: GradientCase): Promise<readonly (GradientCase & { readonly edge: string })[]> {
	const { shapes, named = shapes } = gradientCase;
	const sizes = [...new Set(shapes.flat())].filter((size) => size > 1);
	const legal: (GradientCase & { readonly edge: string })[] = [];
	for (const size of sizes) {
		const hasName = shapes.some((shape, place) => shape.some((dim, axis) => dim === size && typeof named[place]![axis] === 'string'));
		for (const small of hasName ? [1] : [1, 0]) {
			const resize = <D>(shape: readonly D[]) => shape.map((dim) => (dim === size ? small : dim)) as D[];
			const edge = { ...gradientCase, shapes: shapes.map(resize), named: named.map(resize), edge: `${size} made ${small}` };
			if (await runs(edge)) legal.push(edge);
		}
	}
	return legal;
}

/** What a size such as `time-2` is where the names have these sizes; undefined for other formulas. */
function sizeIn({ shapes, named = shapes }: GradientCase, dim: string | number): number | undefined {
	if (typeof dim === 'number') return dim;
	const [, name = dim, offset = '0'] = /^(.+?)([+-]\d+)$/.exec(dim) ?? [];
	const sizes = named.flatMap((shape, place) => shape.flatMap((other, axis) => (other === name ? [shapes[place]![axis]!] : [])));
	return sizes.length > 0 ? sizes[0]! + Number(offset) : undefined;
}

/** Whether the operator itself takes these shapes: the graph can be built and run, without gradients, and gives the shape it should. */
async function runs(gradientCase: GradientCase): Promise<boolean> {
	try {
		const { inputs, y, loss, feeds } = graphOf(gradientCase);
		const expected = y.shape.map((dim) => sizeIn(gradientCase, dim));
		if (y.shape.some((dim, axis) => typeof dim === 'string' && expected[axis]! < 1)) return false;
		const result = await withSession(inputs, { loss, y }, (session) => fetch(session, feeds, ['loss', 'y']));
		const { shape } = result.y!;
		return Number.isFinite(result.loss!.data[0]) && expected.every((size, axis) => (size ?? shape[axis]) === shape[axis]);
	} catch {
		return false;
	}
}

/** The largest error a type may have. */
export function toleranceOf({ dtype = 'float64' }: GradientCase): number {
	return settings[dtype].tolerance;
}
