// Models that this library did not build: read as values, written again, and run with the same results.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	backward,
	createSession,
	emit,
	fromOnnx,
	input,
	type OnnxModel,
	ops,
	readOnnxFile,
	readSafetensors,
	type Tensor,
	tensor,
	writeOnnx,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';

const root = join(process.env.TEXTLOOM_DATA ?? '', 'models');
const files =
	process.env.TEXTLOOM_DATA && existsSync(root)
		? readdirSync(root, { recursive: true, encoding: 'utf8' })
				.filter((path) => path.endsWith('.onnx'))
				.sort()
		: [];

/** Sizes of named dimensions; a formula of names is computed. */
function sizeOf(dim: number | string): number {
	if (typeof dim === 'number') return dim;
	const sizes: Record<string, number> = { batch_size: 2, past_sequence_length: 3, past_decoder_sequence_length: 3 };
	return dim.split('+').reduce((sum, part) => sum + (Number.isNaN(Number(part)) ? (sizes[part.trim()] ?? 5) : Number(part)), 0);
}

/** Numbers for each input: ids, masks with padding at the end of the second row, small floats. */
function feedsOf({ graph }: OnnxModel): Record<string, Tensor> {
	const made = graph.inputs.map(({ name, dtype, shape }) => {
		const sizes = shape.map(sizeOf);
		const count = sizes.reduce((a, b) => a * b, 1);
		const numbers = Array.from({ length: count }, (_, at) => {
			if (name.includes('mask')) return at === count - 1 ? 0 : 1;
			if (dtype === 'float32') return Math.sin(at * 12.9898 + 1) / 2;
			if (name === 'position_ids') return (at % sizes[1]!) + 3;
			return dtype === 'bool' ? 1 : name === 'token_type_ids' ? at % 2 : ((at * 37) % 90) + 5;
		});
		return [name, tensor(dtype, sizes, numbers)];
	});
	return Object.fromEntries(made);
}

async function results(file: Uint8Array | string, feeds: Record<string, Tensor>, optimize = true): Promise<Record<string, Tensor>> {
	const session = await createSession(file, { threads: 1, optimize });
	try {
		const fed = Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
		return await session.run(fed);
	} finally {
		await session.release();
	}
}

/** The largest difference between two results of the same names and shapes. */
function largestDifference(a: Record<string, Tensor>, b: Record<string, Tensor>): number {
	expect(Object.keys(b)).toEqual(Object.keys(a));
	return Math.max(
		...Object.entries(a).map(([name, { shape, data }]) => {
			expect(b[name]!.shape).toEqual(shape);
			return (data as Float32Array).reduce((worst, item, at) => Math.max(worst, Math.abs(item - Number(b[name]!.data[at]))), 0);
		}),
	);
}

describe.skipIf(files.length === 0)('exports of PyTorch as values and back (skipped without TEXTLOOM_DATA)', () => {
	for (const path of files) {
		// 8-bit products may saturate and 16-bit floats round otherwise where ONNX Runtime's optimizer puts other kernels in: it chooses by the
		// instruction set and by the opset. Node by node both files are the same work.
		const optimize = !/(quantized|fp16)\.onnx$/.test(path);
		it(path, async () => {
			const model = await readOnnxFile(join(root, path));
			const written = emit(fromOnnx(model, { training: false }));
			expect(written.graph.nodes.length).toBeLessThanOrEqual(model.graph.nodes.length);
			const feeds = feedsOf(model);
			const [ours, theirs] = [await results(writeOnnx(written), feeds, optimize), await results(join(root, path), feeds, optimize)];
			const difference = largestDifference(theirs, ours);
			console.log(`${path}: ${model.graph.nodes.length} nodes, ${written.graph.nodes.length} written, largest difference ${difference}`);
			expect(difference).toBeLessThan(1e-5);
		});
	}
});

/** The first export of each architecture, and those whose graphs differ most from it. */
const trained = [
	'tiny-bert/onnx/model.onnx',
	'tiny-bert/onnx/model_opset11.onnx',
	'tiny-bert/onnx/model_dynamo_opset21.onnx',
	'tiny-albert/onnx/model.onnx',
	'tiny-distilbert/onnx/model_classification.onnx',
	'tiny-gpt2/onnx/model.onnx',
	'tiny-marian/onnx/decoder_model.onnx',
	'tiny-roberta/onnx/model.onnx',
	'tiny-t5/onnx/decoder_with_past_model.onnx',
].filter((path) => files.includes(path));

describe.skipIf(files.length === 0)('gradients through exports of PyTorch (skipped without TEXTLOOM_DATA)', () => {
	for (const path of trained) {
		it(`${path}: every weight, by a step along its gradient and one back`, async () => {
			const model = await readOnnxFile(join(root, path));
			const { inputs, outputs, initializers } = fromOnnx(model);
			const [y] = Object.values(outputs);
			// Bounded: the logit of a padding token may be −10,000.
			const bend = ops.tanh(ops.mul(y!, 0.3));
			const loss = ops.reduceMean(ops.mul(bend, bend));
			const names = Object.keys(initializers);
			const values = names.map((name) => initializers[name]!.value);
			const gradients = backward(loss, values);
			const given = Object.fromEntries(names.map((name, place) => [name, values[place]!]));
			const wanted = Object.fromEntries(gradients.map((value, place) => [`gradient ${place}`, value!]));
			const session = await createSession(writeOnnx(emit({ inputs: { ...inputs, ...given }, outputs: { loss, ...wanted } })), {
				threads: 1,
			});
			const feeds = { ...feedsOf(model), ...Object.fromEntries(names.map((name) => [name, initializers[name]!.data])) };
			const run = async (feeds: Record<string, Tensor>, outputs: readonly string[]) =>
				session.run(Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!])), { outputs });
			const found = await run(feeds, session.outputs);
			let worst = 0;
			for (const [place, name] of names.entries()) {
				const { shape, data } = initializers[name]!.data as { shape: readonly number[]; data: Float32Array };
				const slope = found[`gradient ${place}`]!.data as Float32Array;
				const length = Math.hypot(...slope);
				// A key's bias has no gradient: softmax ignores a shift.
				if (length < 1e-5) continue;
				const step = 1e-3;
				const moved = async (by: number) => {
					const data_ = data.map((item, at) => item + (by * slope[at]!) / length);
					return Number((await run({ ...feeds, [name]: { dtype: 'float32', shape, data: data_ } }, ['loss'])).loss!.data[0]);
				};
				const difference = ((await moved(step)) - (await moved(-step))) / (2 * step);
				worst = Math.max(worst, Math.abs(difference - length) / (length + 1e-2));
			}
			await session.release();
			console.log(`${path}: ${names.length} weights, largest error of a gradient's length ${worst.toExponential(1)}`);
			expect(worst).toBeLessThan(2e-2);
		});
	}
});

/** Which parameters of PyTorch an initializer holds. */
interface Held {
	readonly parameter: readonly string[];
	readonly transposed: boolean;
}

const json = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** A matrix with rows and columns exchanged. */
const transposed = (data: Float32Array, [rows = 0, columns = 0]: readonly number[]) =>
	Float32Array.from({ length: data.length }, (_, at) => data[(at % rows) * columns + Math.floor(at / rows)]!);

describe.skipIf(files.length === 0)('gradients of PyTorch (skipped without TEXTLOOM_DATA)', () => {
	for (const name of ['tiny-bert', 'tiny-distilbert', 'tiny-roberta', 'tiny-albert']) {
		it(`${name}: the loss and the gradient of every initializer`, async () => {
			const model = await readOnnxFile(join(root, name, 'onnx/model_classification.onnx'));
			const { inputs, outputs, initializers } = fromOnnx(model);
			const labels = input('labels', 'int64', ['batch_size', 1]);
			const loss = ops.neg(ops.reduceMean(ops.gatherElements(ops.logSoftmax(outputs.logits!), labels, 1)));
			const names = Object.keys(initializers);
			const gradients = backward(
				loss,
				names.map((name) => initializers[name]!.value),
			);
			const wanted = Object.fromEntries(gradients.map((value, place) => [`gradient ${place}`, value!]));
			const given = json(`${name}/golden/inputs.json`);
			const rows = given.input_ids.length;
			const feeds = Object.fromEntries(
				Object.keys(inputs).map((name) => [name, tensor('int64', [rows, given[name][0].length], given[name].flat())]),
			);
			feeds.labels = tensor(
				'int64',
				[rows, 1],
				given.examples.map(({ label }: { label: number }) => label),
			);
			const found = await results(writeOnnx(emit({ inputs: { ...inputs, labels }, initializers, outputs: { loss, ...wanted } })), feeds);
			expect(found.loss!.data[0]).toBeCloseTo(json(`${name}/golden/training.json`).loss, 5);
			const expected = readSafetensors(readFileSync(join(root, name, 'golden/gradients.safetensors'))).tensors;
			const held: Record<string, Held> = json(`${name}/golden/onnx_names.json`)['model_classification.onnx'];
			let worst = 0;
			for (const [place, name] of names.entries()) {
				const { parameter, transposed: turned } = held[name]!;
				const { shape, data } = expected[parameter[0]!] as Tensor & { data: Float32Array };
				const golden = turned ? transposed(data, shape) : data;
				const ours = found[`gradient ${place}`]!.data as Float32Array;
				worst = ours.reduce((worst, item, at) => Math.max(worst, Math.abs(item - golden[at]!)), worst);
			}
			console.log(`${name}: ${names.length} gradients, largest difference from PyTorch ${worst.toExponential(1)}`);
			expect(worst).toBeLessThan(1e-5);
		});
	}
});
