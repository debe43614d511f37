// Gradient descent on least squares, a line through 20 points: by all points at once, by one at a time, and by batches of five.
import { backward, createSession, emit, input, ops, tensor, writeOnnx } from 'textloom/graph';
import { randomUint32 } from 'textloom/stream';

const { matMul, mul, reduceMean, sub } = ops;
const heights = [3, 4, 5, 5, 2, 4, 7, 8, 11, 8, 12, 11, 13, 13, 16, 17, 18, 17, 19, 21];

// J(θ) = ½ mean (x θ − y)², x being [1, place]; one run of the graph is one step.
const [x, y] = [input('x', 'float64', ['batch', 2]), input('y', 'float64', ['batch', 1])];
const theta = input('theta', 'float64', [2, 1]);
const rate = input('rate', 'float64', []);
const error = sub(matMul(x, theta), y);
const loss = mul(reduceMean(mul(error, error)), 0.5);
const next = sub(theta, mul(backward(loss, [theta])[0]!, rate));
const session = await createSession(writeOnnx(emit({ inputs: { x, y, theta, rate }, outputs: { next } })), { threads: 1 });

/** Descends from (1, 1); the rate falls as 1 / (1 + epoch · decay), so that what single points ask for evens out. */
async function descend(name: string, { size = 20, first = 0.01, decay = 0, epochs = 6000 }) {
	let now = tensor('float64', [2, 1], [1, 1]);
	for (let epoch = 0; epoch < epochs; epoch++) {
		const order = heights.map((_, row) => row).sort((a, b) => randomUint32(1, epoch, a) - randomUint32(1, epoch, b));
		for (let from = 0; from < order.length; from += size) {
			const rows = order.slice(from, from + size);
			const points = rows.flatMap((row) => [1, row + 1]);
			const x = tensor('float64', [size, 2], points);
			const y = tensor(
				'float64',
				[size, 1],
				Array.from(rows, (row) => heights[row]!),
			);
			now = (await session.run({ x, y, theta: now, rate: tensor('float64', [], [first / (1 + epoch * decay)]) })).next!;
		}
	}
	console.log(`${name}: θ = (${Array.from(now.data as Float64Array, (number) => number.toFixed(5)).join(', ')})`);
}

await descend('all points', {});
await descend('one at a time', { size: 1, first: 0.002, decay: 0.002, epochs: 1500 });
await descend('batches of 5', { size: 5, first: 0.005, decay: 0.002, epochs: 3000 });
await session.release();
