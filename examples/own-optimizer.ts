// An optimizer and a schedule of one's own: Lion (Chen et al. 2023), θ ← θ − rate · sign(β₁m + (1 − β₁)g), at a rate that falls in waves.
import { ops, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { createOptimizer, transforms } from 'textloom/optim';
import { randomFloat } from 'textloom/stream';
import { fit, type Trainable, tensorSamples } from 'textloom/train';

const { add, mul, sign, sub } = ops;
const lion = ({ rate = 1e-3, beta1 = 0.9, beta2 = 0.99 } = {}) =>
	createOptimizer({
		spec: { optimizer: 'lion', options: { rate, beta1, beta2 } },
		rate,
		slots: [{ name: 'exp_avg' }],
		update: ({ parameter, gradient, state: [m], clock }) => {
			const along = sign(add(mul(m!, beta1), mul(gradient, 1 - beta1)));
			return { parameter: sub(parameter, mul(along, clock.rate)), state: [add(mul(m!, beta2), mul(gradient, 1 - beta2))] };
		},
	});

// Cosines from 1 to 0, each wave as long as all before it.
const waves = ({ step }: { readonly step: number }) => {
	const start = step < 20 ? 0 : 20 * 2 ** Math.floor(Math.log2(step / 20));
	const length = Math.max(start, 20);
	return (1 + Math.cos((Math.PI * (step - start)) / length)) / 2;
};

const layer = nn.linear({ in: 3, out: 1 });
const model: Trainable<'x' | 'y'> = {
	parameters: layer.parameters,
	inputs: { x: { dtype: 'float32', shape: ['batch', 3] }, y: { dtype: 'float32', shape: ['batch', 1] } },
	apply: ({ x }) => ({ guess: layer.apply(x) }),
	loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
};
const size = 200;
const x = Array.from({ length: 3 * size }, (_, i) => 2 * randomFloat(1, 0, i) - 1);
const y = Array.from({ length: size }, (_, row) => 2 * x[3 * row]! - x[3 * row + 1]! + 0.5);
const samples = tensorSamples({ x: tensor('float32', [size, 3], x), y: tensor('float32', [size, 1], y) });
const optimizer = transforms.scheduled(waves)(lion({ rate: 0.05 }));
const { weights, history } = await fit(model, samples, { optimizer, epochs: 40, batchSize: 20 });
console.log(`loss ${history.at(-1)!.loss.toFixed(6)}, weights`, weights.weight!.data, weights.bias!.data);
