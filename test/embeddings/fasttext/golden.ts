// Models that fastText's Python package wrote, and what it says of them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What fastText predicts of a text; its scores are 1e-5 above the probabilities. */
export interface GoldenPrediction {
	text: string;
	k: number;
	threshold: number;
	labels: string[];
	scores: number[];
}

/** What fastText says of a model. */
export interface GoldenCase {
	words: string[];
	vectors: Record<string, number[]>;
	subwords: Record<string, number[]>;
	labels?: string[];
	predictions?: GoldenPrediction[];
	test?: Record<string, [number, number, number]>;
	testLabel?: Record<string, { precision: number | null; recall: number | null; f1score: number | null }>;
}

const folder = new URL('../../golden/embeddings/', import.meta.url);

/** All models by name. */
export const golden: { cases: Record<string, GoldenCase> } = JSON.parse(readFileSync(new URL('fasttext_files.json', folder), 'utf8'));

/** The path of a file beside the models. */
export const goldenFile = (name: string): string => fileURLToPath(new URL(`fasttext_files/${name}`, folder));

const quantized = ['ftz', 'pruned', 'qout'];

/** The path of a model. */
export const goldenModel = (name: string): string => goldenFile(`${name}.${quantized.includes(name) ? 'ftz' : 'bin'}`);
