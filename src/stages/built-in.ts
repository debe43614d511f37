// Stages from their specs: the built-in ones by name, others as the caller supplies them. No code is ever named by a file.
import { labels, reviveLabels, reviveTfidf, reviveVocabulary, tfidf, vocabulary } from '../features/index.js';
import { type AnyStage, chain, type Json, OptionError, ownStages, type Spec, specParts } from '../stream/index.js';
import {
	augment,
	basicEnglish,
	bpe,
	characters,
	clean,
	ends,
	regexp,
	reviveSubwords,
	sentences,
	stem,
	stopwords,
	unigram,
	whitespace,
	wordpiece,
	words,
} from '../text/index.js';

/** Makes a stage from its options and what it learned. */
export type Revive = (options: never, state: Json | undefined) => AnyStage;

const builtIn: Readonly<Record<(typeof ownStages)[number], Revive>> = {
	clean,
	words,
	basicEnglish,
	whitespace,
	regexp,
	characters,
	sentences,
	stopwords,
	ends,
	augment,
	stem,
	subwords: reviveSubwords,
	bpe,
	unigram,
	wordpiece,
	vocabulary: learning(vocabulary, reviveVocabulary),
	labels: learning(labels, reviveLabels),
	tfidf: learning(tfidf, reviveTfidf),
};

/** A stage that learns is saved before it has learned, too: then it has no state. */
function learning(unfitted: (options: never) => AnyStage, fitted: (options: never, state: Json) => AnyStage): Revive {
	return (options, state) => (state === undefined ? unfitted(options) : fitted(options, state));
}

/** The names of textloom's own stages. */
export const builtInStages: readonly string[] = ownStages;

/** The stages of a saved pipeline, as one. `custom` supplies those that are not textloom's own; `who` is asked for them. */
export function reviveStages(specs: readonly Spec[], custom: Readonly<Record<string, Revive>> = {}, who = 'load'): AnyStage {
	return chain(
		...specs.flatMap(specParts).map((spec) => {
			const { stage, options, state } = spec;
			if (Object.hasOwn(custom, stage)) return custom[stage]!(options as never, state);
			if (Object.hasOwn(builtIn, stage)) return reviveOwn(spec, who);
			throw new TypeError(
				`${who}: expected a stage of textloom or one of yours, got "${stage}". Supply it: { stages: { ${stage} } }; or update textloom, if it is newer.`,
			);
		}),
	);
}

/** A stage of textloom's own. Options that it does not have are those of another version: left out, they would change what it does. */
function reviveOwn({ stage, options, state }: Spec, who: string): AnyStage {
	try {
		return builtIn[stage as keyof typeof builtIn](options as never, state);
	} catch (error) {
		if (!(error instanceof OptionError)) throw error;
		throw new RangeError(
			`${who}: expected options of ${stage} that this version has, got ${JSON.stringify(error.given)?.slice(0, 80)}. Was it saved by a newer textloom? Update.`,
			{ cause: error },
		);
	}
}
