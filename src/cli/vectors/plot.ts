// `textloom vectors plot`: words as points of a picture.
import { basename } from 'node:path';
import { checkWritable, writeAtomic } from '../../base/index.js';
import { pca, tsne } from '../../classic/index.js';
import type { WordVectors } from '../../embeddings/index.js';
import { htmlPage, type ScatterPoint, scatterLayout } from '../../report/index.js';
import { collect, lines } from '../../stream/public.js';
import { count, ProgressLine, percent, print, some } from '../output.js';
import { UsageError } from '../usage-error.js';
import type { Asked, Flags } from './asked.js';
import { expectVectors } from './words.js';

/** Words that are drawn where none are named. */
const usual = 300;

/** A word, and the group whose colour it has. */
interface Chosen {
	readonly word: string;
	readonly group?: string;
}

/** Writes the picture. */
export async function plot({ file, words, flags, load }: Asked): Promise<void> {
	const { out, method, json } = flags;
	const form = out === undefined ? undefined : /\.(svg|html?)$/i.exec(out)?.[1]?.toLowerCase();
	if (out === undefined || form === undefined) throw new UsageError(`expected --out FILE.svg or FILE.html, got ${out ?? 'none'}.`);
	if (flags.near !== undefined && words.length === 0) throw new UsageError('expected --near with WORD, got none.');
	await checkWritable(out);
	const listed = flags.words === undefined ? [] : await readWords(flags.words);
	const vectors = await load();
	expectVectors(vectors, file, words);
	const { chosen, unknown } = choose(vectors, words, listed, flags);
	if (chosen.length < 2) throw new Error(`${file}: expected at least two words that have vectors, got ${chosen.length}. Name others.`);
	const { points, said } = project(vectors, chosen, flags);
	const name = method === 'tsne' ? 't-SNE' : 'principal components';
	const title = flags.title ?? `${basename(file)}: ${some(chosen.length, 'word')}, ${name}`;
	const places = chosen.map(({ word, group }, i): ScatterPoint => {
		return { x: points[2 * i]!, y: points[2 * i + 1]!, label: word, ...(group !== undefined && { group }) };
	});
	const { svg, placed, led, leftOut } = scatterLayout(places, { title, width: 1200, height: 900 });
	await writeAtomic(out, form === 'svg' ? svg : htmlPage(svg, { title }));
	const figures = { out, words: chosen.length, labels: placed + led, leftOut: leftOut.length, unknown };
	if (json) return print(JSON.stringify(figures));
	const notes = [
		`${out}: ${some(chosen.length, 'word')} (${said})`,
		leftOut.length > 0 && `${some(leftOut.length, 'label')} found no place`,
		unknown > 0 && `${some(unknown, 'word')} of ${flags.words} without a vector`,
	];
	await print(notes.filter(Boolean).join(', '));
}

/** Lines of a word, and maybe a tab and a group. */
async function readWords(path: string): Promise<Chosen[]> {
	const docs = await collect(lines(path));
	return docs.flatMap(({ text }) => {
		const [word, group] = text.split('\t').map((field) => field.trim());
		return word ? [{ word, ...(group ? { group } : {}) }] : [];
	});
}

/** The words that are drawn, each once; how many of those listed have no vector. */
function choose(
	vectors: WordVectors,
	words: readonly string[],
	listed: readonly Chosen[],
	flags: Flags,
): { chosen: Chosen[]; unknown: number } {
	const { near, first = words.length + listed.length === 0 ? usual : 0 } = flags;
	const named = words.flatMap((word): Chosen[] => {
		if (near === undefined) return [{ word }];
		return [word, ...vectors.mostSimilar({ positive: word, top: near }).map(({ word }) => word)].map((each) => ({
			word: each,
			group: word,
		}));
	});
	const known = listed.filter(({ word }) => vectors.get(word) !== undefined);
	const all = [...named, ...known, ...vectors.words.slice(0, first).map((word) => ({ word }))];
	const chosen = [...new Map([...all].reverse().map((row) => [row.word, row])).values()].reverse();
	return { chosen, unknown: listed.length - known.length };
}

/** Points of the words, by cosine: their vectors are made of length 1. */
function project(
	vectors: WordVectors,
	chosen: readonly Chosen[],
	{ method, perplexity, seed }: Flags,
): { points: Float64Array; said: string } {
	const { width } = vectors;
	const rows = new Float32Array(chosen.length * width);
	for (const [i, { word }] of chosen.entries()) rows.set(vectors.unit(word)!, i * width);
	if (method === 'pca') {
		const { points, explainedVarianceRatio } = pca(rows, width, { components: Math.min(2, width) });
		const plane = width === 1 ? Float64Array.from({ length: 2 * points.length }, (_, at) => (at % 2 === 0 ? points[at / 2]! : 0)) : points;
		return { points: plane, said: `${percent(explainedVarianceRatio.reduce((sum, share) => sum + share, 0))} of the variance` };
	}
	if (perplexity !== undefined && !(perplexity >= 1 && perplexity < chosen.length)) {
		throw new Error(
			`expected --perplexity from 1 to below the ${chosen.length} words, got ${perplexity}. Leave it out, or draw more words.`,
		);
	}
	const line = new ProgressLine();
	const { points, divergence } = tsne(rows, width, {
		...(perplexity !== undefined && { perplexity }),
		...(seed !== undefined && { init: 'random', seed }),
		onProgress: ({ iteration, iterations }) => line.show(() => `t-SNE: ${count(iteration)} of ${count(iterations)} iterations`),
	});
	line.clear();
	return { points, said: `divergence ${divergence.toFixed(3)}` };
}
