// Stages from their specs: the built-in ones by name, others as the caller supplies them. No code is ever named by a file.
import { reviveLabels, reviveTfidf, reviveVocabulary } from '../../features/index.js';
import { type AnyStage, chain, type Json, type Spec } from '../../stream/index.js';
import { basicEnglish, characters, clean, regexp, sentences, stopwords, whitespace, words } from '../../text/index.js';

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
	vocabulary: reviveVocabulary,
	labels: reviveLabels,
	tfidf: reviveTfidf,
};

/** The stages of a saved pipeline, as one. `custom` supplies those that are not textloom's own. */
export function reviveStages(specs: readonly Spec[], custom: Readonly<Record<string, Revive>> = {}): AnyStage {
	return chain(
		...specs.map(({ stage, options, state }) => {
			const revive = Object.hasOwn(custom, stage) ? custom[stage] : Object.hasOwn(builtIn, stage) ? builtIn[stage] : undefined;
			if (!revive) {
				throw new TypeError(
					`load: expected a stage of textloom or one of yours, got "${stage}". Supply it: load(folder, { stages: { ${stage} } }).`,
				);
			}
			return revive(options as never, state);
		}),
	);
}
