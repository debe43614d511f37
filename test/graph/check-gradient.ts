// Compares gradients with central differences: every element of every input.
import {
	backward,
	createSession,
	type DType,
	emit,
	input,
	ops,
	type Parameter,
	type Shape,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom';

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

const settings = { float64: { step: 1e-5, tolerance: 1e-6 }, float32: { step: 1e-2, tolerance: 2e-3 } } as const;

/** Numbers in (−2, 2) that look random, none near 0, no two equal. */
const scattered = (index: number, place: number) => {
	const spread = Math.sin((index + 1) * 12.9898 + (place + 1) * 78.233) * 43758.5453;
	const unit = spread - Math.floor(spread);
	return (unit < 0.5 ? -1 : 1) * (0.1 + 1.8 * Math.abs(2 * unit - 1)) + index * 1e-3;
};

/** The largest difference between a gradient and its central difference, relative to 1 + |gradient|. */
export async function gradientError({
	shapes: inputShapes,
	named = inputShapes,
	parameters = [],
	build,
	last = (sum) => sum,
	at = scattered,
	dtype = 'float64',
}: GradientCase): Promise<number> {
	const given = inputShapes.map((_, place) => input(`x${place}`, dtype, named[place]!));
	const y = build(...given);
	const inputs = [...given, ...parameters];
	const shapes = [...inputShapes, ...parameters.map((parameter) => parameter.shape)];
	// A weighted sum of the output, so that no gradient hides behind another: the weights are the cosines of the places.
	const flat = ops.reshape(y, [y.shape.every((dim) => typeof dim === 'number') ? (y.shape as number[]).reduce((a, b) => a * b, 1) : 'all']);
	const weights = ops.cast(ops.places(flat, 0), dtype);
	const loss = last(ops.reduceSum(ops.mul(flat, ops.div(ops.add(weights, 1), ops.add(weights, 3)))));
	const gradients = backward(loss, inputs);
	const program = {
		inputs: Object.fromEntries(inputs.map((value, place) => [`x${place}`, value])),
		outputs: { loss, ...Object.fromEntries(gradients.flatMap((value, place) => (value ? [[`g${place}`, value]] : []))) },
	};
	const session = await createSession(writeOnnx(emit(program)), { threads: 2 });
	try {
		const feeds: Record<string, Tensor> = {};
		for (const [place, shape] of shapes.entries()) {
			const size = shape.reduce((a, b) => a * b, 1);
			feeds[`x${place}`] = tensor(
				dtype as DType,
				shape,
				Array.from({ length: size }, (_, index) => at(index, place)),
			);
		}
		const fed = Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
		const run = async (outputs: readonly string[]) => session.run(fed, Object.fromEntries(outputs.map((name) => [name, null])));
		const exact = await run(session.outputs);
		let worst = 0;
		const { step } = settings[dtype];
		for (const [place] of shapes.entries()) {
			const numbers = feeds[`x${place}`]!.data as Float64Array;
			const gradient = exact[`g${place}`];
			if (!gradient) throw new Error(`no gradient for input ${place}`);
			if (gradient.data.length !== numbers.length)
				throw new Error(`gradient ${place} has ${gradient.data.length} elements, not ${numbers.length}`);
			for (let index = 0; index < numbers.length; index++) {
				const kept = numbers[index]!;
				numbers[index] = kept + step;
				const above = Number((await run(['loss'])).loss!.data[0]);
				numbers[index] = kept - step;
				const below = Number((await run(['loss'])).loss!.data[0]);
				numbers[index] = kept;
				const difference = (above - below) / (2 * step);
				worst = Math.max(worst, Math.abs(Number(gradient.data[index]) - difference) / (1 + Math.abs(difference)));
			}
		}
		return worst;
	} finally {
		await session.release();
	}
}

/** The largest error a type may have. */
export function toleranceOf({ dtype = 'float64' }: GradientCase): number {
	return settings[dtype].tolerance;
}
