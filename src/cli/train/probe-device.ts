// A script: whether a device of ONNX Runtime can run a model here, as one line to stdout.
import { createSession, emit, input, ops, writeOnnx } from '../../graph/index.js';

const x = input('x', 'float32', ['n']);
const model = writeOnnx(emit({ inputs: { x }, outputs: { y: ops.neg(x) } }));
try {
	const session = await createSession(model, { device: process.argv[2]! });
	await session.run({ x: { dtype: 'float32', shape: [1], data: Float32Array.of(1) } });
	await session.release();
	process.stdout.write('\ndevice: works\n');
} catch (error) {
	const { message } = error as Error;
	process.stdout.write(`\ndevice: ${/, got: (.*?)\. \w[^.]*\.$/.exec(message)?.[1] ?? message}\n`);
}
