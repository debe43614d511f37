// The gradient of a model's loss against central differences: of each parameter along its gradient, and along a direction drawn for it.
import { backward, createSession, emit, input, type Shape, type Tensor, tensor, writeOnnx } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { randomFloat } from 'textloom/stream';
import type { Architecture } from 'textloom/train';
import { batchOf, inputsOf, sizes, weightsOf } from './batches.js';

const step = 3e-3;
const lengths = [4, 7, 2].map((length, doc) => ({ doc, length }));

const normed = (numbers: Float32Array) => {
	const norm = Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0));
	return { norm, direction: numbers.map((x) => x / (norm || 1)) };
};
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** For each parameter that learns the length of its gradient, and how far differences are from it. */
export async function gradientErrors(architecture: Architecture): Promise<{ name: string; norm: number; error: number }[]> {
	const network = architecture.build(sizes);
	const time = Math.max(architecture.minLength, 7);
	const inputs = inputsOf(architecture);
	const masks = new Map<string, Shape>();
	const mode: nn.Mode = {
		training: true,
		step: nn.prediction.step,
		mask(_, shape) {
			const name = `mask${masks.size}`;
			masks.set(name, shape);
			return input(name, 'float32', shape);
		},
		move() {},
	};
	const logits = network.apply(inputs, mode);
	const targets = input('targets', 'int32', logits.shape.slice(0, -1));
	const loss = nn.meanLoss(nn.crossEntropy(logits, targets));
	const parameters = nn.namedParameters(network.parameters);
	const learned = [...parameters].filter(([, { frozen }]) => !frozen);
	const gradients = backward(
		loss,
		learned.map(([, parameter]) => parameter),
	);
	const named = { batch: lengths.length, time };
	const numbersOf = (shape: Shape, number: (at: number) => number) => {
		const known = shape.map((dim) => (typeof dim === 'number' ? dim : named[dim as 'time']));
		return { known, numbers: Array.from({ length: known.reduce((a, b) => a * b, 1) }, (_, at) => number(at)) };
	};
	const feeds: Record<string, Tensor> = { ...weightsOf(network), ...batchOf(architecture, lengths, time) };
	for (const [name, shape] of masks) {
		const { known, numbers } = numbersOf(shape, (at) => (at % 4 === 0 ? 0 : 4 / 3));
		feeds[name] = tensor('float32', known, numbers);
	}
	const answers = numbersOf(targets.shape, (at) => at % sizes.outputs);
	feeds.targets = tensor('int32', answers.known, answers.numbers);

	const maskInputs = Object.fromEntries([...masks].map(([name, shape]) => [name, input(name, 'float32', shape)]));
	const outputs = { loss, ...Object.fromEntries(learned.map(([name], place) => [`gradient ${name}`, gradients[place]!])) };
	const program = { inputs: { ...inputs, targets, ...maskInputs, ...Object.fromEntries(parameters) }, outputs };
	const session = await createSession(writeOnnx(emit(program)), { threads: 1 });
	try {
		const fed = Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
		const exact = await session.run(fed);
		const lossWith = async (name: string, data: Float32Array) =>
			Number((await session.run({ ...fed, [name]: { ...fed[name]!, data } }, { outputs: ['loss'] })).loss!.data[0]);
		const errors: { name: string; norm: number; error: number }[] = [];
		for (const [place, [name, { frozenRow, shape }]] of learned.entries()) {
			const gradient = Float32Array.from(exact[`gradient ${name}`]!.data as Float32Array);
			const drawn = gradient.map((_, at) => randomFloat(place, 1, at) - 0.5);
			// Training leaves the row of padding as it is.
			for (const numbers of [gradient, drawn]) if (frozenRow !== undefined) numbers.fill(0, 0, shape[1] as number);
			const weights = fed[name]!.data as Float32Array;
			const { norm } = normed(gradient);
			let error = 0;
			for (const { direction } of [normed(gradient), normed(drawn)]) {
				const [above, below] = [step, -step].map((by) =>
					lossWith(
						name,
						weights.map((x, at) => x + by * direction[at]!),
					),
				);
				const difference = ((await above!) - (await below!)) / (2 * step);
				error = Math.max(error, Math.abs(difference - dot(gradient, direction)));
			}
			errors.push({ name, norm, error });
		}
		return errors;
	} finally {
		await session.release();
	}
}
