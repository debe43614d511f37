// Stages from their specs: the built-in ones by name, others as the caller supplies them. No code is ever named by a file.
import { labels, reviveLabels, reviveTfidf, reviveVocabulary, tfidf, vocabulary } from '../features/index.js';
import { type AnyStage, chain, type Json, type Spec, specParts } from '../stream/index.js';
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
import { canonical } from './canonical.js';

/** Makes a stage from its options and what it learned. */
export type Revive = (options: never, state: Json | undefined) => AnyStage;

const builtIn: Readonly<Record<string, Revive>> = {
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
export const builtInStages: readonly string[] = Object.keys(builtIn);

/** The stages of a saved pipeline, as one. `custom` supplies those that are not textloom's own; `who` is asked for them. */
export function reviveStages(specs: readonly Spec[], custom: Readonly<Record<string, Revive>> = {}, who = 'load'): AnyStage {
	return chain(
		...specs.flatMap(specParts).map(({ stage, options, state }) => {
			if (Object.hasOwn(custom, stage)) return custom[stage]!(options as never, state);
			if (Object.hasOwn(builtIn, stage)) return checked(builtIn[stage]!(options as never, state), options, who);
			throw new TypeError(
				`${who}: expected a stage of textloom or one of yours, got "${stage}". Supply it: { stages: { ${stage} } }; or update textloom, if it is newer.`,
			);
		}),
	);
}

/** Refuses options that this version does not have: left out, they would change what the stage does. */
function checked(revived: AnyStage, options: Json, who: string): AnyStage {
	const known = revived.spec.options as { readonly [option: string]: Json };
	for (const [option, value] of Object.entries(options ?? {})) {
		if (Object.hasOwn(known, option) && canonical(known[option], who) === canonical(value, who)) continue;
		throw new RangeError(
			`${who}: expected options of ${revived.spec.stage} that this version has, got ${JSON.stringify({ [option]: value })?.slice(0, 80)}. Was it saved by a newer textloom? Update.`,
		);
	}
	return revived;
}
