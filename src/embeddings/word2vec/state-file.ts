// A model in a file: safetensors, with its settings in the header and its words as JSON in a tensor.
import { argumentOf, DataError, is } from '../../base/index.js';
import { readSafetensorsFile, type Tensor, type WrittenTensor, writeSafetensorsFile } from '../../tensors/index.js';
import type { Settings, Word2VecRecord } from './options.js';
import { rowsOf, type State, strideOf, type Table } from './state.js';

/** What such a file says of itself. */
const format = 'textloom word2vec 1';

/** A model, and of a run that is not over how far it has come. */
export interface Saved {
	readonly state: State;
	/** What the run was begun with, and passes done. */
	readonly run?: { readonly fingerprint: string; readonly done: number } | undefined;
}

/** Writes a model whole or not at all. */
export async function saveState(path: string, state: State, run?: Saved['run']): Promise<void> {
	argumentOf('save', 'the path', path, is.name);
	const { settings, words, counts, input, output, nodes, tree, history } = state;
	const table = (name: string, { rows, width, ...rest }: Table): WrittenTensor => [
		name,
		{ dtype: 'float32', shape: [rows, width] },
		() => rowsOf({ rows, width, ...rest }),
	];
	const numbers = (name: string, data: Int32Array): WrittenTensor => [name, { dtype: 'int32', shape: [data.length] }, () => data];
	const text = Buffer.from(JSON.stringify(words));
	await writeSafetensorsFile(path, {
		tensors: [
			table('input', input),
			...(output ? [table('output', output)] : []),
			...(nodes ? [table('nodes', nodes)] : []),
			...(tree ? [numbers('tree.words', tree.words), numbers('tree.nodes', tree.nodes)] : []),
			['counts', { dtype: 'float64', shape: [counts.length] }, () => counts],
			['words', { dtype: 'uint8', shape: [text.length] }, () => new Uint8Array(text)],
		],
		metadata: {
			...{ format, settings: JSON.stringify(settings), history: JSON.stringify(history) },
			...(run && { run: JSON.stringify(run) }),
		},
	});
}

/**
 * Reads a model.
 *
 * @throws {DataError} for a safetensors file of something else.
 */
export async function readState(path: string): Promise<Saved> {
	const { tensors, metadata } = await readSafetensorsFile(argumentOf('loadWord2Vec', 'the path', path, is.name));
	if (metadata.format !== format) {
		throw new DataError(
			`loadWord2Vec: expected a model that save() has written, got ${metadata.format ?? 'other tensors'}. For vectors alone use loadVectors.`,
			{ file: path },
		);
	}
	const settings = infinite(JSON.parse(metadata.settings!)) as Settings;
	const history = JSON.parse(metadata.history!) as Word2VecRecord[];
	const words = JSON.parse(Buffer.from(tensors.words!.data as Uint8Array).toString()) as string[];
	const [output, nodes] = [tensors.output, tensors.nodes].map((tensor) => tensor && tableOf(tensor));
	const [forWords, forNodes] = [tensors['tree.words'], tensors['tree.nodes']];
	const tree = forWords && forNodes && { words: forWords.data as Int32Array, nodes: forNodes.data as Int32Array };
	const counts = tensors.counts!.data as Float64Array;
	const run = metadata.run === undefined ? undefined : (JSON.parse(metadata.run) as Saved['run']);
	return { state: { settings, words, counts, input: tableOf(tensors.input!), output, nodes, tree, history }, run };
}

/** JSON has null for Infinity. */
function infinite(settings: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value ?? Number.POSITIVE_INFINITY]));
}

function tableOf({ shape, data }: Tensor): Table {
	const [rows, width] = shape as [number, number];
	const stride = strideOf(width);
	if (stride === width) return { rows, width, data: data as Float32Array };
	const padded = new Float32Array(rows * stride);
	for (let row = 0; row < rows; row++) padded.set((data as Float32Array).subarray(row * width, (row + 1) * width), row * stride);
	return { rows, width, data: padded };
}
