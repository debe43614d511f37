// Runs a graph once: its outputs, a loss that weighs every element of them, and the gradients of its inputs.
import { backward, createSession, emit, input, ops, type Shape, type Tensor, tensor, type Value, writeOnnx } from 'textloom/graph';

const { add, cast, div, mod, mul, places, reduceSum, reshape } = ops;
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Numbers in (−1, 1) that look random. */
export const scattered = (size: number, place: number): number[] =>
	Array.from({ length: size }, (_, index) => {
		const spread = Math.sin((index + 1) * 12.9898 + (place + 1) * 78.233) * 43758.5453;
		return 2 * (spread - Math.floor(spread)) - 1;
	});

/** A weighted sum of all elements of all values, so that no gradient hides behind another. */
export function weighed(values: readonly Value[]): Value {
	const sums = values.map((value, place) => {
		const known = value.shape.every((dim) => typeof dim === 'number');
		const flat = reshape(cast(value, 'float64'), [known ? sizeOf(value.shape as number[]) : `all${place}`]);
		const index = cast(places(flat, 0), 'float64');
		return reduceSum(mul(flat, div(add(mod(index, 5), place + 1), add(index, 3))));
	});
	return sums.reduce((a, b) => add(a, b));
}

/** A graph to run: inputs by shape, as it sees them, and what it computes of them. */
export interface Evaluated {
	readonly shapes: readonly (readonly number[])[];
	readonly named?: readonly Shape[];
	readonly dtype?: 'float32' | 'float64';
	/** The numbers of each input; scattered ones by default. */
	readonly data?: readonly ArrayLike<number>[];
	/** Inputs by name that get no gradient, such as lengths. */
	readonly feeds?: Readonly<Record<string, readonly [Value, Tensor]>>;
	readonly build: (...inputs: Value[]) => readonly Value[];
	/** False leaves the gradients out. */
	readonly gradients?: boolean;
	/** How the graph is written. */
	readonly options?: Parameters<typeof emit>[1];
}

/** Every output, the loss, and the gradients `g0`, `g1` …, as numbers. */
export async function evaluate({
	shapes,
	named = shapes,
	dtype = 'float64',
	data,
	feeds = {},
	build,
	gradients: wanted = true,
	options = {},
}: Evaluated) {
	const given = shapes.map((_, place) => input(`x${place}`, dtype, named[place]!));
	const outputs = build(...given);
	const loss = weighed(outputs);
	const gradients = wanted ? backward(loss, given) : [];
	const program = {
		inputs: { ...Object.fromEntries(given.map((value, place) => [`x${place}`, value])), ...mapValues(feeds, ([value]) => value) },
		outputs: {
			loss,
			...Object.fromEntries(outputs.map((value, place) => [`y${place}`, value])),
			...Object.fromEntries(gradients.flatMap((value, place) => (value ? [[`g${place}`, value]] : []))),
		},
	};
	const session = await createSession(writeOnnx(emit(program, options)), { threads: 1 });
	try {
		const fed: Record<string, Tensor> = {
			...Object.fromEntries(
				shapes.map((shape, place) => [`x${place}`, tensor(dtype, shape, data?.[place] ?? scattered(sizeOf(shape), place))]),
			),
			...mapValues(feeds, ([, numbers]) => numbers),
		};
		const results = await session.run(Object.fromEntries(session.inputs.map((name) => [name, fed[name]!])));
		return mapValues(results, ({ data }) => Array.from(data as ArrayLike<number | bigint>, Number));
	} finally {
		await session.release();
	}
}

/** The largest difference between two runs, relative to 1 + |number|; infinite where it is not a number. No gradient is a gradient of 0. */
export function difference(a: Readonly<Record<string, readonly number[]>>, b: Readonly<Record<string, readonly number[]>>): number {
	let worst = 0;
	for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
		const length = Math.max(a[name]?.length ?? 0, b[name]?.length ?? 0);
		for (let index = 0; index < length; index++) {
			const [left, right] = [a, b].map((run) => (run[name] ? run[name][index]! : 0));
			const error = Math.abs(left! - right!) / (1 + Math.abs(left!));
			worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
		}
	}
	return worst;
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
