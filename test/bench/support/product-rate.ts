// The machine's own rate of matrix products: operations a second of one large MatMul with two threads.
import { createSession, emit, input, ops, tensor, writeOnnx } from 'textloom/graph';

const side = 1024;

/** Operations (multiplications and additions) a second, the fastest of some runs. */
export async function productRate(): Promise<number> {
	const [a, b] = [input('a', 'float32', [side, side]), input('b', 'float32', [side, side])];
	const session = await createSession(writeOnnx(emit({ inputs: { a, b }, outputs: { c: ops.matMul(a, b) } })), { threads: 2 });
	const numbers = tensor('float32', [side, side], new Float32Array(side * side).fill(0.5));
	let fastest = Number.POSITIVE_INFINITY;
	for (let i = 0; i < 30; i++) {
		const start = performance.now();
		await session.run({ a: numbers, b: numbers }, { outputs: ['c'] });
		fastest = Math.min(fastest, (performance.now() - start) / 1000);
	}
	await session.release();
	return (2 * side ** 3) / fastest;
}
