// One-hot vectors: a column for each token, and 1 in its own.
import type { Json } from '../base/index.js';
import type { SparseVector } from '../sparse/index.js';
import { type LearnerOf, learner, map, ownLearner, type Stage, type State } from '../stream/index.js';
import type { Vocabulary } from './vocabulary/fitted.js';
import { reviveVocabulary, type VocabularyOptions, vocabulary } from './vocabulary.js';

/** Fitted one-hot vectors: a stage that adds `vectors`, one row for each token. Column 0 is padding's, 1 that of all unknown tokens. */
export interface OneHot extends Stage<{ tokens: string[] }, { vectors: SparseVector[] }> {
	/** Columns: the tokens of the vocabulary, special ones included. */
	readonly size: number;
	/** The tokens by column. */
	readonly tokens: readonly string[];
	/** The row of a token. */
	vector(token: string): SparseVector;
	/** The token of a row: that of its largest number. */
	tokenOf(row: ArrayLike<number>): string;
}

/**
 * Learns a vocabulary; each token becomes a row with one 1.
 *
 * @example
 * const fitted = await oneHot().fit([{ tokens: ['周杰伦', '陈奕迅', '王力宏'] }]);
 * toDense(sparseMatrix(fitted.apply(docs)[0]!.vectors));
 */
export const oneHot = ownLearner(
	(options: VocabularyOptions = {}): LearnerOf<{ tokens: string[] }, OneHot> => {
		const words = vocabulary(options);
		const { start, add, merge, finish } = words.tally!;
		const tally = { start, add, merge, finish: (part: unknown) => fitted(finish(part) as Vocabulary) };
		return learner(tally, { stage: 'oneHot', options: words.spec.options, needs: { tokens: 'texts' } });
	},
	(options: Json, state: State) => fitted(reviveVocabulary(options as VocabularyOptions, state)),
);

function fitted(words: Vocabulary): OneHot {
	const { size, tokens } = words;
	const vector = (token: string): SparseVector => ({ indices: Int32Array.of(words.idOf(token)), values: Float32Array.of(1), size });
	const step = map((doc: { tokens: string[] }) => ({ vectors: doc.tokens.map(vector) }), {
		...{ stage: 'oneHot', options: words.spec.options, ...(words.spec.state !== undefined && { state: words.spec.state }) },
		needs: { tokens: 'texts' },
	});
	const tokenOf = (row: ArrayLike<number>): string => {
		if (row.length !== size) throw new RangeError(`oneHot: expected a row of ${size} numbers, got ${row.length}. Take it from this stage.`);
		let largest = 0;
		for (let column = 1; column < size; column++) if (row[column]! > row[largest]!) largest = column;
		return tokens[largest]!;
	};
	return Object.assign(step, { size, tokens, vector, tokenOf });
}
