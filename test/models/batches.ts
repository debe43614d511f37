// Batches of made-up documents for any model, by the types of its inputs; and its graph, run on them.
import { createSession, emit, input, type Tensor, tensor, type Value, writeOnnx } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { type Architecture, initialWeights, type Network, type NetworkInputs, type Sizes, textInputs } from 'textloom/train';

/** Ids of each kind, and classes. */
export const sizes: Sizes = {
	vocabulary: 11,
	outputs: 3,
	words: ['<pad>', '<unk>', 'rain', 'wind', 'soup', 'bread', '雨', '风', '汤', '面', 'other'],
	fields: { ids: 11, characters: 6, features: 9 },
};

/** The numbers of an input before padding: ids from 1 on, weights around 0. */
const number = (dtype: string, limit: number, at: number) => (dtype === 'int32' ? 1 + ((at * 7 + 3) % (limit - 1)) : Math.sin(at + 1));

/** Documents of these lengths as a batch, padded to `time`. What a document holds follows from its number alone. */
export function batchOf({ inputs = textInputs }: Architecture, docs: readonly { doc: number; length: number }[], time: number) {
	const named: Record<string, number> = { time, letters: 3 };
	return Object.fromEntries(
		Object.entries(inputs).map(([name, { dtype, shape }]): [string, Tensor] => {
			const own = shape.slice(1).map((dim) => (typeof dim === 'string' ? named[dim]! : dim));
			if (name === 'lengths')
				return [
					name,
					tensor(
						'int32',
						[docs.length],
						docs.map(({ length }) => length),
					),
				];
			const inner = own.slice(1).reduce((product, size) => product * size, 1);
			const limit = sizes.fields![name] ?? sizes.vocabulary;
			const numbers = docs.flatMap(({ doc, length }) =>
				Array.from({ length: own[0]! * inner }, (_, at) =>
					shape[1] === 'time' && at >= length * inner ? 0 : number(dtype, limit, doc * 97 + at),
				),
			);
			return [name, tensor(dtype as 'int32', [docs.length, ...own], numbers)];
		}),
	);
}

/** The inputs of a graph of the model. */
export const inputsOf = ({ inputs = textInputs }: Architecture) =>
	Object.fromEntries(Object.entries(inputs).map(([name, { dtype, shape }]) => [name, input(name, dtype, shape)])) as NetworkInputs;

/** The weights of a network, those that learn larger than they begin, so that much depends on them. */
export function weightsOf({ parameters }: Network) {
	const named = nn.namedParameters(parameters);
	const larger = (name: string, weight: Tensor): Tensor => {
		const { frozen, frozenRow } = named.get(name)!;
		if (frozen) return weight;
		const data = weight.data as Float32Array;
		// Tables of words and the like, whose numbers are small, to about 1.
		const size = Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
		const by = frozenRow === undefined ? 2 : 1 / size;
		return { ...weight, data: data.map((x) => x * by) };
	};
	return Object.fromEntries(Object.entries(initialWeights({ parameters }, 5)).map(([name, weight]) => [name, larger(name, weight)]));
}

/** What a function of a model's inputs gives, batch after batch. */
export async function runs(
	architecture: Architecture,
	network: Network,
	of: (inputs: NetworkInputs) => Value,
	batches: readonly Readonly<Record<string, Tensor>>[],
): Promise<Tensor[]> {
	const inputs = inputsOf(architecture);
	const parameters = Object.fromEntries(nn.namedParameters(network.parameters));
	const session = await createSession(writeOnnx(emit({ inputs: { ...inputs, ...parameters }, outputs: { y: of(inputs) } })), {
		threads: 1,
	});
	const weights = weightsOf(network);
	try {
		const all: Tensor[] = [];
		for (const batch of batches) {
			const fed: Readonly<Record<string, Tensor>> = { ...weights, ...batch };
			all.push((await session.run(Object.fromEntries(session.inputs.map((name) => [name, fed[name]!])))).y!);
		}
		return all;
	} finally {
		await session.release();
	}
}
