// Documents in batches through a session, those of similar length together.
import type { Tensor } from '../../graph/index.js';
import { type Arrays, batched } from '../task/arrays.js';
import type { ModelConfig } from '../task/model-config.js';
import { feedsOf } from '../task/published-feeds.js';
import { rowOf } from './classes.js';

/** Something that runs a graph. */
export interface Runs {
	readonly inputs: readonly string[];
	run(feeds: Readonly<Record<string, Tensor>>, targets: { readonly outputs: readonly string[] }): Promise<Readonly<Record<string, Tensor>>>;
}

/** Documents in a batch. */
const batchSize = 32;

/** What is run. */
export interface BatchedRun {
	readonly config: ModelConfig;
	readonly outputs: readonly string[];
	/** Numbers for each document beside its own, by the names of inputs. */
	readonly beside?: (doc: number) => Readonly<Record<string, readonly number[]>>;
}

/** The results of each document by the names of outputs, in the order of the documents. */
export async function runBatches(
	session: Runs,
	all: readonly Arrays[],
	{ config, outputs, beside = () => ({}) }: BatchedRun,
): Promise<Readonly<Record<string, Tensor>>[]> {
	const { inputs, minLength } = config;
	const lengthOf = (doc: number) => all[doc]!.ids?.shape[0] ?? 0;
	const order = [...all.keys()].sort((a, b) => lengthOf(a) - lengthOf(b));
	const results: Readonly<Record<string, Tensor>>[] = new Array(all.length);
	for (let start = 0; start < order.length; start += batchSize) {
		const docs = order.slice(start, start + batchSize);
		const feeds = batched(
			docs.map((doc) => all[doc]!),
			inputs,
			{ least: { time: minLength } },
		);
		const more = docs.map(beside);
		for (const name of Object.keys(more[0]!)) {
			const rows = more.map((one) => one[name]!);
			feeds[name] = { dtype: 'float32', shape: [rows.length, rows[0]!.length], data: Float32Array.from(rows.flat()) };
		}
		const found = await session.run(feedsOf(session.inputs, feeds), { outputs });
		for (const [row, doc] of docs.entries()) {
			results[doc] = Object.fromEntries(Object.entries(found).map(([name, tensor]) => [name, rowOf(tensor, row)]));
		}
	}
	return results;
}
