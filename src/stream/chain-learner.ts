// Several that learn as one: what its `fit` takes beside what a single one does.
import type { DocumentCache } from './cache.js';
import type { Source } from './documents.js';
import type { Learner, LearnOptions } from './learner.js';
import type { Stage } from './stage.js';

/** How a chain learns. */
export interface ChainLearnOptions extends LearnOptions {
	/** Where documents between two learners are kept, so that what comes before the second is done once. Default: one for this call. */
	readonly cache?: DocumentCache;
}

/** A chain with parts that learn. */
export interface ChainLearner<FitNeeds extends object, Needs extends object, Adds extends object> extends Learner<FitNeeds, Needs, Adds> {
	fit(docs: Source<FitNeeds>, options?: ChainLearnOptions): Promise<Stage<Needs, Adds>>;
}
