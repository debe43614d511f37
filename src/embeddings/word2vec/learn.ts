// One training run, from a text and what is known before it to what is known after it.
import { availableParallelism } from 'node:os';
import { bracketed, subwordBuckets } from '../fasttext/subwords.js';
import { isFiniteRow } from '../vectors/core.js';
import type { Corpus } from './corpus.js';
import { layOut } from './layout.js';
import type { RunOptions, Settings, Word2VecRecord } from './options.js';
import { type State, strideOf, type Table } from './state.js';
import { keepTable, packedAliases } from './tables.js';
import { trainPasses } from './train-passes.js';
import { huffmanTree, joinedTree, pathsOf, type Tree } from './tree.js';

/** What a run begins with. */
export interface Start {
	readonly settings: Settings;
	readonly words: readonly string[];
	readonly counts: Float64Array;
	/** The row of each number of the text, −1 for none. */
	readonly rows: Int32Array;
	/** A model whose words are the first of `words`. */
	readonly before?: State | undefined;
	/** Passes that it has done of this run. */
	readonly done?: number;
}

/** How a run goes. */
export interface LearnRun extends Pick<RunOptions, 'workers' | 'signal' | 'onProgress'> {
	/** Called after each pass with how many there were, and what was learned so far: its tables change in the next pass. */
	readonly onPass: (record: Word2VecRecord, state: State) => void | Promise<void>;
}

/** Whether n-grams have rows. */
export const hasSubwords = ({ minN, maxN }: Pick<Settings, 'minN' | 'maxN'>): boolean => maxN >= minN;

/** Learns from a text. */
export async function learn(who: string, start: Start, corpus: Corpus, run: LearnRun): Promise<State> {
	const { settings, words, counts, before, done = 0 } = start;
	const { vectorSize: width, hs, negative, seed } = settings;
	const buckets = hasSubwords(settings) ? settings.bucket : 0;
	const tree = hs ? treeOf(counts, before) : undefined;
	const nodeRows = tree?.nodes.length ?? 0;
	const outputRows = negative > 0 ? words.length : 0;
	const layout = layOut(
		who,
		{
			...{ settings, rows: start.rows, words: words.length, inputRows: words.length + buckets, outputRows, nodeRows },
			keep: keepTable(counts, settings.sample),
			aliases: negative > 0 ? packedAliases(counts, settings.nsExponent) : undefined,
			paths: tree && pathsOf(tree),
			pieces: buckets > 0 ? piecesOf(words, settings) : undefined,
		},
		run.workers ?? availableParallelism(),
	);
	const { buffer } = layout.memory;
	const stride = strideOf(width);
	const table = (at: number, rows: number): Table => ({ rows, width, data: new Float32Array(buffer, at, rows * stride) });
	const input = table(layout.input, words.length + buckets);
	const output = outputRows > 0 ? table(layout.output, outputRows) : undefined;
	const nodes = hs ? table(layout.nodes, nodeRows) : undefined;
	const known = before?.words.length ?? 0;
	layout.kernel.fill(layout.input, known, words.length, width, layout.stride, 1 / width, seed);
	if (before) {
		input.data.set(before.input.data.subarray(0, known * stride));
		input.data.set(before.input.data.subarray(known * stride), words.length * stride);
		if (before.output) output?.data.set(before.output.data);
		if (before.nodes) nodes?.data.set(before.nodes.data);
	} else if (buckets > 0) {
		layout.kernel.fill(layout.input + words.length * layout.stride, 0, buckets, width, layout.stride, 1 / width, seed + 1);
	}
	let state: State = { settings, words, counts, input, output, nodes, tree, history: before?.history ?? [] };
	const predictions = await trainPasses({
		...{ settings, corpus, layout, done, signal: run.signal, onProgress: run.onProgress },
		onPass: async (record) => {
			if (!isFiniteRow(input.data.subarray(0, words.length * stride))) {
				throw new RangeError(
					`${who}: expected vectors of finite numbers, got NaN or Infinity in pass ${record.epoch}: the learning rate ${settings.alpha} is too high. Lower alpha.`,
				);
			}
			state = { ...state, history: [...state.history, record] };
			await run.onPass(record, state);
		},
	});
	if (predictions === 0 && done < settings.epochs) {
		throw new RangeError(
			`${who}: expected sentences with at least two words to learn from, got none. Join short documents, pass more text, or lower minCount (${settings.minCount}) or sample (${settings.sample}: frequent words are left out).`,
		);
	}
	return state;
}

function treeOf(counts: Float64Array, before: State | undefined): Tree {
	if (!before?.tree) return huffmanTree(counts);
	const more = counts.subarray(before.words.length);
	return more.length === 0 ? before.tree : joinedTree(before.tree, more);
}

/** The rows of each word: its own, then those of its n-grams. */
function piecesOf(words: readonly string[], { minN, maxN, bucket }: Settings): { starts: Uint32Array; rows: Uint32Array } {
	const starts = new Uint32Array(words.length + 1);
	let rows = new Uint32Array(32 * words.length);
	let end = 0;
	for (const [word, text] of words.entries()) {
		const buckets = subwordBuckets(bracketed(text), { minn: minN, maxn: maxN, bucket });
		if (end + buckets.length + 1 > rows.length) {
			const longer = new Uint32Array(2 * rows.length + buckets.length + 1);
			longer.set(rows);
			rows = longer;
		}
		rows[end++] = word;
		for (const one of buckets) rows[end++] = words.length + one;
		starts[word + 1] = end;
	}
	return { starts, rows: rows.slice(0, end) };
}
