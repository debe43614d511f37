// A run to be killed: `node killed-run.mjs FOLDER` goes on in the folder, and prints `start`, each step, and at the end what it came to.
import { createHash } from 'node:crypto';
import { ops, tensor } from 'textloom/graph';
import { accuracy } from 'textloom/metrics';
import * as nn from 'textloom/nn';
import { adam, transforms } from 'textloom/optim';
import { randomUint32 } from 'textloom/stream';
import { fit, tensorSamples } from 'textloom/train';

const [words, width, size] = [700, 80, 400];
const embed = nn.embedding({ size: words, width, padding: 0 });
const inner = nn.linear({ in: width, out: 16 });
const norm = nn.batchNorm({ channels: 16 });
const drop = nn.dropout(0.4);
const out = nn.linear({ in: 16, out: 3 });
const mean = nn.meanOverTime();
const model = {
	parameters: { embed: embed.parameters, inner: inner.parameters, norm: norm.parameters, out: out.parameters },
	inputs: {
		ids: { dtype: 'int32', shape: ['batch', 5] },
		lengths: { dtype: 'int32', shape: ['batch'] },
		targets: { dtype: 'int32', shape: ['batch'] },
	},
	apply: ({ ids, lengths }, mode) => {
		const features = norm.apply(inner.apply(mean.apply(embed.apply(ids), lengths)), mode);
		return { logits: out.apply(drop.apply(ops.relu(features), mode)) };
	},
	loss: ({ logits }, { targets }) => nn.crossEntropy(logits, targets),
};
const ids = Int32Array.from({ length: 5 * size }, (_, i) => 1 + (randomUint32(1, 0, i) % (words - 1)));
const samples = tensorSamples({
	ids: tensor('int32', [size, 5], ids),
	lengths: tensor('int32', [size], new Int32Array(size).fill(5)),
	targets: tensor(
		'int32',
		[size],
		Int32Array.from({ length: size }, (_, i) => ids[5 * i] % 3),
	),
});
const { weights, history, best } = await fit(model, samples, {
	optimizer: transforms.averaged({ decay: 0.9 })(adam({ rate: 3e-3 })),
	...{ batchSize: 16, steps: 700, validation: 0.2, validateEvery: 25, checkpointEvery: 4, seed: 5, threads: 1 },
	...{ metrics: { accuracy: accuracy() }, monitor: ['accuracy'] },
	...{ folder: process.argv[2], existing: 'resume' },
	callbacks: [{ onStart: () => console.log('start'), onSteps: ({ step }) => console.log(step) }],
});
const hash = createHash('sha256');
for (const [name, numbers] of Object.entries(weights).sort()) hash.update(name).update(numbers.data);
console.log(JSON.stringify({ weights: hash.digest('hex'), best: best.step, history }));
