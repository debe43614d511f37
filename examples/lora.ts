// Low-rank adaptation (Hu et al. 2021) of a model that came as a file: its weights stay, W + B A learns beside them, and the file is written back.
import {
	adam,
	createSession,
	exportModel,
	fit,
	initialWeights,
	nn,
	ops,
	parameter,
	randomFloat,
	readOnnx,
	type Trainable,
	tensor,
	tensorSamples,
} from 'textloom';

// Somebody's file: two layers, trained for something else.
const [first, second] = [nn.linear({ in: 8, out: 16 }), nn.linear({ in: 16, out: 2 })];
const theirs: Trainable<'x'> = {
	parameters: { first: first.parameters, second: second.parameters },
	inputs: { x: { dtype: 'float32', shape: ['batch', 8] } },
	apply: ({ x }) => ({ logits: second.apply(ops.tanh(first.apply(x))) }),
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
	inputs: { x: { dtype: 'float32', shape: ['batch', 8] }, targets: { dtype: 'int32', shape: ['batch'] } },
	apply: ({ x }, mode) => model.apply({ x }, mode),
	loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets),
};
const size = 400;
const x = Array.from({ length: 8 * size }, (_, i) => 2 * randomFloat(2, 0, i) - 1);
const targets = Array.from({ length: size }, (_, row) => (x[8 * row]! + x[8 * row + 3]! > 0 ? 1 : 0));
const samples = tensorSamples({ x: tensor('float32', [size, 8], x), targets: tensor('int32', [size], targets) });
const { weights, history } = await fit(tuned, samples, { optimizer: adam({ rate: 0.02 }), epochs: 30, batchSize: 40 });
console.log(
	`loss ${history[0]!.loss.toFixed(3)} → ${history.at(-1)!.loss.toFixed(3)}; ${a.shape.join('×')} and ${b.shape.join('×')} numbers learned`,
);
const session = await createSession(exportModel(tuned, weights));
console.log('a file again, of', [...session.inputs].join(), 'to', session.outputs.join());
await session.release();
