// Accuracy of fastText classifiers on public test sets, the mean of three seeds, beside the figures of fastText itself with the same options; of AG News also what going on from 80% of
// the rows with the rest gives (3 epochs at 0.05, the default), and quantized models with their sizes. `ours` is the least margin to a figure, in points. SUPERVISED_ONLY names a set.
import { statSync } from 'node:fs';
import { type FastTextClassifier, quantizeFastText, trainFastTextClassifier } from 'textloom/embeddings';
import type { Result } from './support/bench.js';
import { labelledSets, linesOf, withFiles } from './support/fasttext-lines.js';

const options = { wordNgrams: 2, dim: 50, epoch: 10, lr: 0.5, bucket: 1_000_000, thread: 2 };
const seeds = [0, 1, 2];
const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Trains on each training set and counts on its test set. */
export async function run({ only = process.env.SUPERVISED_ONLY }: { only?: string } = {}): Promise<Result> {
	let least = Number.POSITIVE_INFINITY;
	for (const { name, train, test, figure } of labelledSets) {
		if (only && name !== only) continue;
		const lines = linesOf(await train());
		const cut = Math.floor(lines.length * 0.8);
		const mixed = mixedUp(lines);
		const files = { train: lines, test: linesOf(await test()), most: mixed.slice(0, cut), rest: mixed.slice(cut) };
		await withFiles(files, async (pathOf) => {
			const accuracyOf = async (model: FastTextClassifier) => 100 * (await model.test(pathOf('test'))).precision;
			const trained: number[] = [];
			for (const seed of seeds) trained.push(await accuracyOf(await trainFastTextClassifier(pathOf('train'), { ...options, seed })));
			console.log(JSON.stringify({ set: name, accuracy: mean(trained), seeds: trained, figure }));
			least = Math.min(least, mean(trained) - figure);
			if (name !== 'AG News') return;
			const continued: number[] = [];
			for (const seed of seeds) {
				const first = await trainFastTextClassifier(pathOf('most'), { ...options, seed });
				continued.push(await accuracyOf(await trainFastTextClassifier(pathOf('rest'), { thread: options.thread, seed, from: first.file })));
			}
			console.log(JSON.stringify({ set: name, continued: mean(continued), seeds: continued, atOnce: mean(trained) }));
			await sizes(name, await trainFastTextClassifier(pathOf('train'), options), {
				train: pathOf('train'),
				saved: pathOf('saved'),
				accuracyOf,
			});
		});
	}
	return { bench: 'supervised-quality', ours: least, unit: 'points above the figures', peers: [] };
}

async function sizes(
	set: string,
	model: FastTextClassifier,
	{ train, saved, accuracyOf }: { train: string; saved: string; accuracyOf: (model: FastTextClassifier) => Promise<number> },
): Promise<void> {
	const cut = { cutoff: 50_000, qnorm: true };
	const small = {
		codes: await quantizeFastText(model, { qnorm: true }),
		cut: await quantizeFastText(model, cut),
		retrained: await quantizeFastText(model, { ...cut, retrain: train, epoch: options.epoch, lr: options.lr }),
	};
	for (const [how, one] of Object.entries({ trained: model, ...small })) {
		await one.save(saved);
		console.log(JSON.stringify({ set, how, bytes: statSync(saved).size, accuracy: await accuracyOf(one) }));
	}
}

/** The lines in another order, which is always the same: so that both parts have all labels. */
function mixedUp(lines: readonly string[]): string[] {
	return lines
		.map((line, i) => ({ line, key: Math.imul(i + 1, 0x9e3779b1) >>> 0 }))
		.sort((a, b) => a.key - b.key)
		.map(({ line }) => line);
}
