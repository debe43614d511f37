// Models that this library did not build: read as values, written again, and run with the same results.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSession, emit, fromOnnx, type OnnxModel, readOnnxFile, type Tensor, tensor, writeOnnx } from 'textloom';
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
			if (dtype === 'float32') return Math.sin(at * 12.9898) / 2;
			if (name === 'position_ids') return (at % sizes[1]!) + 3;
			return dtype === 'bool' ? 1 : name === 'token_type_ids' ? at % 2 : ((at * 37) % 90) + 5;
		});
		return [name, tensor(dtype, sizes, numbers)];
	});
	return Object.fromEntries(made);
}

async function results(file: Uint8Array | string, feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
	const session = await createSession(file, { threads: 1 });
	try {
		const fed = Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
		return await session.run(fed, Object.fromEntries(session.outputs.map((name) => [name, null])));
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
		// 16-bit floats round where ONNX Runtime fuses nodes, which it does by opset.
		const tolerance = path.endsWith('fp16.onnx') ? 1e-2 : 1e-5;
		it(path, { timeout: 60_000 }, async () => {
			const model = await readOnnxFile(join(root, path));
			const written = emit(fromOnnx(model));
			expect(written.graph.nodes.length).toBeLessThanOrEqual(model.graph.nodes.length);
			const feeds = feedsOf(model);
			const [ours, theirs] = [await results(writeOnnx(written), feeds), await results(join(root, path), feeds)];
			const difference = largestDifference(theirs, ours);
			console.log(`${path}: ${model.graph.nodes.length} nodes, ${written.graph.nodes.length} written, largest difference ${difference}`);
			expect(difference).toBeLessThan(tolerance);
		});
	}
});
