// Runs `textloom vectors`: checks which words belong to the action, loads the vectors, and does it.
import { print } from '../output.js';
import { UsageError } from '../usage-error.js';
import type { Asked, Flags } from './asked.js';
import { evaluate } from './evaluate.js';
import { load } from './load.js';
import { plot } from './plot.js';
import { expectVectors } from './words.js';

interface Parameters {
	readonly action: keyof typeof actions;
	readonly file: string;
	readonly words: readonly string[];
}

const actions = { similar, analogy, evaluate, plot };

/** Returns the exit code. */
export async function runVectors({ action, file, words }: Parameters, flags: Flags): Promise<number> {
	await actions[action]({ file, words, flags, load: () => load(file, flags) });
	return 0;
}

async function similar({ file, words, flags, load }: Asked): Promise<void> {
	const { top, negative, json } = flags;
	if (words.length + negative.length === 0) throw new UsageError(`expected similar ${file} and words, got no words.`);
	const vectors = await load();
	expectVectors(vectors, file, [...words, ...negative]);
	await answer(vectors.mostSimilar({ positive: words, negative, top }), json);
}

async function analogy({ file, words, flags, load }: Asked): Promise<void> {
	const [a, b, c, ...more] = words;
	if (a === undefined || b === undefined || c === undefined || more.length > 0) {
		throw new UsageError(`expected analogy ${file} and three words, A B C, got ${words.join(' ') || 'none'}.`);
	}
	const vectors = await load();
	expectVectors(vectors, file, words);
	await answer(vectors.analogy(a, b, c, { top: flags.top }), flags.json);
}

async function answer(found: readonly { word: string; similarity: number }[], json: boolean): Promise<void> {
	for (const row of found) await print(json ? JSON.stringify(row) : `${row.similarity.toFixed(4)}  ${row.word}`);
}
