// Attention pooling (Nadaraya and Watson): noisy values of 2 sin x + x^0.8 at 50 places, by their mean, by a Gaussian, and by one whose width is learned.

import { backward, constant, createSession, emit, ops, tensor, writeOnnx } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { randomFloat } from 'textloom/stream';

const size = 50;
const truth = (x: number) => 2 * Math.sin(x) + x ** 0.8;
const list = (numbers: readonly number[]) => constant(tensor('float32', [numbers.length], numbers));
const places = Array.from({ length: size }, (_, i) => 5 * randomFloat(1, 1, i)).sort((a, b) => a - b);
const [keys, values] = [list(places), list(places.map((x, i) => truth(x) + 2 * randomFloat(1, 2, i) - 1))];
const asked = Array.from({ length: size }, (_, i) => i / 10);

// The width is learned on the places themselves, each of which leaves itself out.
const learned = nn.kernelPooling({ learned: true });
const w = nn.namedParameters(learned.parameters).get('weight')!;
const at = ops.places(keys, 0);
const allowed = ops.not(ops.equal(ops.unsqueeze(at, [0]), ops.unsqueeze(at, [1])));
const loss = nn.meanLoss(nn.mseLoss(learned.apply(keys, nn.prediction, { values, allowed }).output, values));
const next = ops.sub(w, ops.mul(backward(loss, [w])[0]!, 0.5));

const ways = { 'the mean': nn.averagePooling(), 'a width of 1': nn.kernelPooling(), 'a learned width': learned };
const found = Object.entries(ways).map(([name, layer]) => ({ name, ...layer.apply(list(asked), nn.prediction, { memory: keys, values }) }));
const guesses = Object.fromEntries(found.map(({ name, output }) => [name, output]));
const outputs = { ...guesses, weights: found.at(-1)!.weights, next };
const session = await createSession(writeOnnx(emit({ inputs: { w }, outputs })), { threads: 1 });
let result = await session.run({ w: tensor('float32', [1], [1]) });
for (let step = 0; step < 200; step++) result = await session.run({ w: result.next! });
await session.release();

for (const name of Object.keys(ways)) {
	const off = asked.reduce((sum, x, i) => sum + (Number(result[name]!.data[i]) - truth(x)) ** 2, 0) / size;
	console.log(`${name}: mean squared distance from the truth ${off.toFixed(3)}`);
}
console.log('Weights with the learned width: a row for every fifth query, a column for each place.');
const weights = Array.from(result.weights!.data as Float32Array, (share) => ' ░▒▓█'[Math.min(4, Math.floor(share * 40))]!);
for (let row = 0; row < size; row += 5) console.log(weights.slice(row * size, (row + 1) * size).join(''));
