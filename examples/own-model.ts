// A model of one's own: layers, what a batch holds, a loss; `fit` trains it, an ONNX file comes out. Points in two rings are told apart.

import { createSession, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';
import { randomFloat } from 'textloom/stream';
import { exportModel, fit, type Trainable, tensorSamples } from 'textloom/train';

const layers = nn.sequential({
	hidden: nn.linear({ in: 2, out: 16 }),
	relu: nn.relu(),
	drop: nn.dropout(0.1),
	out: nn.linear({ in: 16, out: 1 }),
});

const rings: Trainable<'points' | 'inner'> = {
	parameters: layers.parameters,
	inputs: { points: { dtype: 'float32', shape: ['batch', 2] }, inner: { dtype: 'float32', shape: ['batch', 1] } },
	apply: ({ points }, mode) => ({ logits: layers.apply(points, mode) }),
	loss: ({ logits }, { inner }) => nn.binaryCrossEntropyWithLogits(logits!, inner),
};
console.log(nn.summary(layers, { inputs: ['batch', 2], sizes: { batch: 32 } }));

const size = 1000;
const inner = Array.from({ length: size }, (_, i) => i % 2);
const radii = inner.map((is, i) => 2 - is + randomFloat(1, 0, i) / 2);
const points = radii.flatMap((radius, i) => [Math.cos(i) * radius, Math.sin(i) * radius]);
const samples = tensorSamples({ points: tensor('float32', [size, 2], points), inner: tensor('float32', [size, 1], inner) });
const onRecord = ({ epoch, loss, validation }: { epoch: number; loss: number; validation?: { loss: number } }) =>
	console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}, held out ${validation!.loss.toFixed(4)}`);
const settings = { optimizer: adam({ rate: 0.02 }), epochs: 6, batchSize: 16, validation: 0.2, callbacks: [{ onRecord }] };
const { weights, advice } = await fit(rings, samples, settings);
if (advice) console.log(advice.line);

const session = await createSession(exportModel(rings, weights));
const { logits } = await session.run({ points: tensor('float32', [2, 2], [0, 1.2, 2.2, 0]) }, { outputs: ['logits'] });
console.log('logits of a point inside and one outside:', logits!.data);
await session.release();
