// What a text's length costs a CNN, an RNN and self-attention: milliseconds for a batch of 8 texts. `node time-by-length.js [LENGTH …]`.
import { createSession, tensor } from 'textloom/graph';
import { attentionClassifier, gruClassifier, wordCnn } from 'textloom/models';
import { exportModel, initialWeights, textClassifierModel } from 'textloom/train';

const given = process.argv.slice(2).map(Number);
const lengths = given.length > 0 ? given : [16, 32, 64, 128, 256];
const [size, vocabulary, times] = [8, 1000, 5];

// Windows of a CNN are all looked at at once, steps of an RNN one after the other; attention compares each word with each.
const models = {
	CNN: wordCnn({ width: 128, filters: 128, kernels: [3] }),
	RNN: gruClassifier({ width: 128, hidden: 128 }),
	'self-attention': attentionClassifier({ width: 128, heads: 4 }),
};
const table: Record<string, Record<string, string>> = {};
for (const [name, architecture] of Object.entries(models)) {
	const model = textClassifierModel(architecture.build({ vocabulary, outputs: 2 }));
	const session = await createSession(exportModel(model, initialWeights(model, 1)), { threads: 1 });
	for (const length of lengths) {
		const ids = Array.from({ length: size * length }, (_, i) => 1 + ((7 * i) % (vocabulary - 1)));
		const batch = { ids: tensor('int32', [size, length], ids), lengths: tensor('int32', [size], new Array(size).fill(length)) };
		let least = Number.POSITIVE_INFINITY;
		for (let run = 0; run < times; run++) {
			const begin = performance.now();
			await session.run(batch);
			least = Math.min(least, performance.now() - begin);
		}
		table[`${length} words`] = { ...table[`${length} words`], [name]: least.toFixed(2) };
	}
	await session.release();
}
console.table(table);
