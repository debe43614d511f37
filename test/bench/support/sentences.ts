// IMDB's reviews, both halves, as sentences of lower-case words: the text that word vectors are trained on.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { collect, jsonl, lines, map, pipe } from 'textloom';

/** The text in a file, a review a line, words with a space between. */
export interface Sentences {
	readonly path: string;
	readonly words: number;
	remove(): Promise<void>;
}

/** Writes the first so many reviews. */
export async function writeSentences(reviews: number = Number.POSITIVE_INFINITY): Promise<Sentences> {
	const data = process.env.TEXTLOOM_DATA ?? '../shared/data';
	const halves = ['train', 'test'].map((half) => jsonl<{ text: string }>(join(data, `imdb/${half}.jsonl.gz`)));
	const texts = (await Promise.all(halves.map(collect<{ text: string }>))).flat().slice(0, reviews);
	const sentences = texts.map(
		({ text }) =>
			text
				.toLowerCase()
				.replaceAll('<br />', ' ')
				.match(/[a-z0-9']+/g) ?? [],
	);
	const folder = await mkdtemp(join(tmpdir(), 'textloom-bench-'));
	const path = join(folder, 'sentences.txt');
	await writeFile(path, `${sentences.map((words) => words.join(' ')).join('\n')}\n`);
	const words = sentences.reduce((sum, { length }) => sum + length, 0);
	return { path, words, remove: () => rm(folder, { recursive: true }) };
}

/** The same as documents, read from the file. */
export const sentencesOf = ({ path }: Sentences) =>
	pipe(
		lines(path),
		map(({ text }: { text: string }) => ({ tokens: text.split(' ') })),
	);

/** Runs a script of the peers' Python, which prints one JSON line last. */
export async function python<T>(script: string, ...args: readonly string[]): Promise<T> {
	const path = process.env.PEERS_PYTHON;
	if (!path)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(path, [script, ...args], { maxBuffer: 1e8 });
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as T;
}
