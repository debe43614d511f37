// A program written as it was built, and with its loops pruned and its nodes simplified and fused: the operators of each, and one result.
import { createSession, emit, type OnnxGraph, type Program, sizeOfDim, type Tensor, tensor, writeOnnx } from 'textloom/graph';
import { expect } from 'vitest';
import { scattered } from '../evaluate.js';

/** The operators in their order, those of bodies in brackets: `Scan[Add Tanh] Neg`. */
export const opsOf = ({ nodes }: OnnxGraph): string =>
	nodes
		.map(({ op, attributes }) => {
			const bodies = Object.values(attributes).flatMap((value) => ('graph' in value ? [opsOf(value.graph)] : []));
			return bodies.length > 0 ? `${op}[${bodies.join(' | ')}]` : op;
		})
		.join(' ');

/** The named sizes when a program is run. */
const sizes = { batch: 2, time: 3, m: 2, n: 3 };

async function run(program: Program, simplify: boolean): Promise<Record<string, Tensor>> {
	const { graph, ...model } = emit(program, { simplify });
	const session = await createSession(writeOnnx({ ...model, graph }), { threads: 1 });
	try {
		const feeds = graph.inputs.map(({ name, dtype, shape }) => {
			const dims = shape.map((dim) => sizeOfDim(dim, sizes)!);
			const numbers = scattered(
				dims.reduce((a, b) => a * b, 1),
				name.length,
			);
			return [name, tensor(dtype, dims, dtype.startsWith('float') ? numbers : numbers.map((value) => Math.round(9 * value)))] as const;
		});
		return await session.run(Object.fromEntries(feeds));
	} finally {
		await session.release();
	}
}

/** Writes and runs a program both ways; expects the same shapes and numbers. `tolerance` 0 stands for the same bits. */
export async function bothWays(program: Program, tolerance = 0): Promise<{ readonly before: string; readonly after: string }> {
	const [plain, simple] = [await run(program, false), await run(program, true)];
	for (const [name, { shape, data }] of Object.entries(plain)) {
		expect(simple[name]!.shape).toEqual(shape);
		for (const [at, value] of data.entries()) {
			const error = Math.abs(Number(simple[name]!.data[at]) - Number(value)) / (1 + Math.abs(Number(value)));
			expect(error).toBeLessThanOrEqual(tolerance);
		}
	}
	return { before: opsOf(emit(program, { simplify: false }).graph), after: opsOf(emit(program).graph) };
}
