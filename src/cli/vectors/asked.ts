// What `textloom vectors` is asked: the command line, and the vectors, which are loaded when they are needed.
import type { WordVectors } from '../../embeddings/index.js';
import type { Input } from '../own/rows.js';

/** What the command line says. */
export interface Flags extends Input {
	readonly limit: number | undefined;
	readonly column: string | undefined;
	readonly model: 'skipgram' | 'cbow';
	readonly subwords: boolean;
	readonly size: number;
	readonly window: number;
	readonly minCount: number;
	readonly rare: number;
	readonly tree: boolean;
	readonly negatives: number;
	readonly epochs: number;
	readonly alpha: number;
	readonly checkpoint: string | undefined;
	readonly threads: number | undefined;
	readonly top: number;
	readonly negative: readonly string[];
	readonly analogies: readonly string[];
	readonly pairs: readonly string[];
	readonly restrict: number;
	readonly matchCase: boolean;
	readonly countUnknown: boolean;
	readonly out: string | undefined;
	readonly method: 'tsne' | 'pca';
	readonly words: string | undefined;
	readonly first: number | undefined;
	readonly near: number | undefined;
	readonly title: string | undefined;
	readonly perplexity: number | undefined;
	readonly seed: number | undefined;
	readonly json: boolean;
}

/** Vectors, and what is asked of them. */
export interface Asked {
	readonly file: string;
	readonly words: readonly string[];
	readonly flags: Flags;
	load(): Promise<WordVectors>;
}
