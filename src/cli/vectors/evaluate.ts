// `textloom vectors evaluate`: analogies and word pairs of files.
import {
	type AnalogyReport,
	type AnalogyScore,
	evaluateAnalogies,
	evaluateWordPairs,
	readAnalogies,
	readWordPairs,
	type WordPairsReport,
} from '../../embeddings/index.js';
import { count, ProgressLine, percent, print } from '../output.js';
import { UsageError } from '../usage-error.js';
import type { Asked } from './asked.js';

/** Prints figures for each file. All files are read before the vectors, which take longer. */
export async function evaluate({ file, words, flags, load }: Asked): Promise<void> {
	const { restrict, matchCase, countUnknown, json } = flags;
	if (words.length > 0) throw new UsageError(`expected evaluate ${file} without words, got ${words.join(' ')}.`);
	if (flags.analogies.length + flags.pairs.length === 0) {
		throw new UsageError('expected --analogies FILE or --pairs FILE, got neither.');
	}
	const analogies = await each(flags.analogies, readAnalogies);
	const pairs = await each(flags.pairs, readWordPairs);
	const vectors = await load();
	const options = { restrict, ignoreCase: !matchCase, countUnknown };
	const line = new ProgressLine();
	for (const { path, read } of analogies) {
		const onProgress = (answered: number, of: number) => line.show(() => `${path}: ${count(answered)} of ${count(of)} questions`);
		const report = evaluateAnalogies(vectors, read, { ...options, onProgress });
		line.clear();
		await show(json ? [JSON.stringify({ file: path, analogies: report })] : [`${path}:`, ...analogyLines(report)]);
	}
	for (const { path, read } of pairs) {
		const report = evaluateWordPairs(vectors, read, { ...options, subwords: vectors.subwords });
		await show([json ? JSON.stringify({ file: path, pairs: report }) : `${path}: ${pairsLine(report)}`]);
	}
}

async function each<T>(paths: readonly string[], read: (path: string) => Promise<T>): Promise<{ path: string; read: T }[]> {
	const all: { path: string; read: T }[] = [];
	for (const path of paths) all.push({ path, read: await read(path) });
	return all;
}

async function show(lines: readonly string[]): Promise<void> {
	for (const line of lines) await print(line);
}

function analogyLines({ sections, semantic, syntactic, total }: AnalogyReport): string[] {
	const rows = [...sections, ...[semantic, syntactic, total].filter((row) => row !== undefined)].map(cells);
	const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
	return rows.map(
		([share, of, unknown, name]) =>
			`  ${share!.padStart(widths[0]!)}  ${of!.padStart(widths[1]!)}  ${unknown!.padStart(widths[2]!)}  ${name}`,
	);
}

function cells({ name, accuracy, correct, questions, unknown }: AnalogyScore): string[] {
	return [
		accuracy === undefined ? 'none' : percent(accuracy),
		`${count(correct)} of ${count(questions)}`,
		unknown === 0 ? '' : `${count(unknown)} unknown`,
		name,
	];
}

function pairsLine({ spearman, pearson, pairs, unknown, unknownShare }: WordPairsReport): string {
	const figures = `Spearman ${spearman.coefficient.toFixed(4)}, Pearson ${pearson.coefficient.toFixed(4)}`;
	return `${figures} over ${count(pairs)} pairs; ${count(unknown)} with unknown words (${percent(unknownShare)})`;
}
