// Latent Dirichlet allocation by variational Bayes, in batches or all at once (Blei, Ng & Jordan 2003; Hoffman, Blei & Bach 2010).
import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { SparseMatrix } from '../../sparse/index.js';
import { expectRoom } from '../../sparse/matrix.js';
import { checkDense, checkMatrix, checkNonNegative } from './checks.js';
import { randomGamma } from './draws.js';
import { documentTopics } from './lda-documents.js';
import { type LdaModel, ldaModel } from './lda-model.js';
import { topicWords } from './lda-words.js';

/** How topics are learned; the defaults are those of scikit-learn's LatentDirichletAllocation, but that batches are the default. */
export interface LdaOptions {
	topics: number;
	/** The prior of a document's topics: small for few topics in each. Default 1 / topics. */
	alpha?: number;
	/** The prior of a topic's words: small for few words in each. Default 1 / topics. */
	eta?: number;
	/** 'online': after every batch; 'batch': after every pass. Default 'online'. */
	learning?: 'batch' | 'online';
	/** Rows of a batch. Default 128. */
	batchSize?: number;
	/** κ in the weight of batch t, (offset + t)^−κ. Default 0.7; from 0.5 up to 1 it converges. */
	decay?: number;
	/** τ: more lets the first batches count less. Default 10. */
	offset?: number;
	/** Times that all rows are passed. Default 10. */
	passes?: number;
	/** The most iterations for the topics of a row. Default 100. */
	rowIterations?: number;
	/** They end where these change less, in the mean. Default 1e-3. */
	rowTolerance?: number;
	/** λ to begin with, one topic after the other, `[topics × columns]`: of another run, say. Default: drawn of Gamma(100, 1 / 100). */
	init?: Float64Array;
	/** Batches that came before, for the weight of the next. Default 0. */
	updates?: number;
	/** Default 0. */
	seed?: number;
}

/** The topics of a matrix. */
export interface Lda extends LdaModel {
	/** Updates of λ so far: with `components` as `init` what another run needs to go on. */
	readonly updates: number;
}

const given = { expected: 'a Float64Array', fits: (value: unknown) => value instanceof Float64Array };

/** The options that `lda` and its learner share. */
export const ldaKinds: Kinds<LdaOptions> = {
	topics: is.needed(is.whole(1)),
	...{ alpha: is.positive, eta: is.positive, learning: is.one('batch', 'online'), batchSize: is.whole(1), decay: is.number(0) },
	...{ offset: is.number(0), passes: is.whole(1), rowIterations: is.whole(1), rowTolerance: is.number(0), init: given },
	...{ updates: is.whole(0), seed: is.whole() },
};

/**
 * Topics of a matrix of counts. The topics of each row are found from the same start (γ = 1), so that only λ's start is drawn.
 *
 * @example
 * lda(matrix, { topics: 20 }).topTerms(names, 10);
 */
export function lda(matrix: SparseMatrix, options: LdaOptions): Lda {
	return ldaAs('lda', matrix, options);
}

/** The same by another name in errors: that of the learner. */
export function ldaAs(who: string, matrix: SparseMatrix, options: LdaOptions): Lda {
	const { topics, alpha = 1 / topics, eta = 1 / topics, learning = 'online', batchSize = 128 } = optionsOf(who, options, ldaKinds);
	const { decay = 0.7, offset = 10, passes = 10, rowIterations = 100, rowTolerance = 1e-3, init, seed = 0 } = options;
	checkMatrix(who, matrix, 'non-negative');
	const { rows, columns } = matrix;
	expectRoom(who, topics * columns * 8, `${topics} topics of ${columns} words`);
	if (init !== undefined) checkNonNegative(who, checkDense(who, 'init', init, topics, columns));
	const drawn = () => Float64Array.from({ length: topics * columns }, (_, index) => randomGamma(100, seed, 3, index) / 100);
	const words = topicWords(init ?? drawn(), topics, columns, eta);
	const settings = { topics, alpha, eta, columns, iterations: rowIterations, tolerance: rowTolerance };
	let updates = options.updates ?? 0;
	const size = learning === 'batch' ? rows : batchSize;
	for (let pass = 0; pass < passes; pass++) {
		for (let first = 0; first < rows; first += size) {
			const last = Math.min(first + size, rows);
			words.refresh(matrix, first, last);
			documentTopics(matrix, words.beta, settings, first, last, words.sums);
			updates++;
			if (learning === 'batch') words.update(1, 1);
			else words.update((offset + updates) ** -decay, rows / (last - first));
		}
	}
	return Object.assign(ldaModel(words.lambda(), settings, who), { updates });
}
