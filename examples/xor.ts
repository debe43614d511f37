// The engine by itself: a 2–5–1 network of sigmoids learns XOR. Forward pass, gradients and gradient descent are one ONNX graph.

import { backward, createSession, emit, input, ops, type Tensor, tensor, type Value, writeOnnx } from 'textloom/graph';
import { randomFloat } from 'textloom/stream';

const { add, gemm, mul, reduceMean, sigmoid, sub } = ops;

const x = input('x', 'float32', ['batch', 2]);
const y = input('y', 'float32', ['batch', 1]);
const shapes = { w1: [2, 5], b1: [5], w2: [5, 1], b2: [1] };
const weights = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, input(name, 'float32', shape)]));
const { w1, b1, w2, b2 } = weights as Record<keyof typeof shapes, Value>;

const guess = sigmoid(gemm(sigmoid(gemm(x, w1, b1)), w2, b2));
const error = sub(guess, y);
const loss = reduceMean(mul(error, error));
const gradients = backward(loss, [w1, b1, w2, b2]);
const next = [w1, b1, w2, b2].map((weight, place) => add(weight, mul(gradients[place]!, -5)));
const outputs = { guess, loss, w1: next[0]!, b1: next[1]!, w2: next[2]!, b2: next[3]! };

// Outputs need names of their own: the next weights are called as the weights, with a prime.
const named = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name in shapes ? `${name}'` : name, value]));
const session = await createSession(writeOnnx(emit({ inputs: { x, y, w1, b1, w2, b2 }, outputs: named })));

const start = (size: number) => Array.from({ length: size }, (_, i) => 4 * randomFloat(1, size, i) - 2);
let state = Object.fromEntries(
	Object.entries(shapes).map(([name, shape]): [string, Tensor] => [name, tensor('float32', shape, start(shape.reduce((a, b) => a * b)))]),
);
const data = { x: tensor('float32', [4, 2], [0, 0, 0, 1, 1, 0, 1, 1]), y: tensor('float32', [4, 1], [0, 1, 1, 0]) };
for (let step = 0; step <= 2000; step++) {
	const result = await session.run({ ...data, ...state });
	if (step % 400 === 0) console.log(`step ${step}: loss ${Number(result.loss!.data[0]).toFixed(5)}`);
	state = Object.fromEntries(Object.keys(shapes).map((name) => [name, result[`${name}'`]!]));
	if (step === 2000) console.log(`0 xor 1 is about ${Number(result.guess!.data[1]).toFixed(3)}`);
}
await session.release();
