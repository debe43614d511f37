// Low-rank adaptation (Hu et al. 2021) of a model that came as a file: its weights stay, and W + B A is learned beside them.

import { ops, parameter, readOnnx, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';
import { randomFloat } from 'textloom/stream';
import { exportModel, fit, initialWeights, type Trainable, tensorSamples } from 'textloom/train';

// Somebody's file: two layers.
const layers = nn.sequential({ first: nn.linear({ in: 8, out: 16 }), tanh: nn.tanh(), second: nn.linear({ in: 16, out: 2 }) });
const x = { dtype: 'float32', shape: ['batch', 8] } as const;
const theirs: Trainable<'x'> = {
	parameters: layers.parameters,
	inputs: { x },
	apply: ({ x }, mode) => ({ logits: layers.apply(x, mode) }),
	loss: ({ logits }) => nn.loss(logits!),
};
const file = exportModel(theirs, initialWeights(theirs, 1));

// Rank 2: B begins with 0, so that at first the model is what it was.
const a = parameter([2, 8], nn.normal(0.3));
const b = parameter([16, 2], nn.zeros);
const model = nn.imported(readOnnx(file), {
	frozen: () => true,
	replace: { 'first.weight': (w) => ops.add(w, ops.matMul(b, a)) },
});

const tuned: Trainable<'x' | 'targets'> = {
	parameters: { ...model.parameters, lora: { a, b } },
	inputs: { x, targets: { dtype: 'int32', shape: ['batch'] } },
	apply: model.apply,
	loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets),
};
const size = 400;
const points = Array.from({ length: 8 * size }, (_, i) => 2 * randomFloat(2, 0, i) - 1);
const targets = Array.from({ length: size }, (_, row) => (points[8 * row]! + points[8 * row + 3]! > 0 ? 1 : 0));
const samples = tensorSamples({ x: tensor('float32', [size, 8], points), targets: tensor('int32', [size], targets) });
const { weights, history } = await fit(tuned, samples, { optimizer: adam({ rate: 0.02 }), epochs: 30, batchSize: 40 });
const bytes = exportModel(tuned, weights).length;
console.log(`loss ${history[0]!.loss.toFixed(3)} → ${history.at(-1)!.loss.toFixed(3)}; a file again, of ${bytes} bytes`);
