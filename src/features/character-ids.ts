// The characters of each token as ids: what a model of words sees of those that it does not know.
import { byCodePoint, is, type Json, type Kinds, optionsOf } from '../base/index.js';
import { type LearnerOf, learner, map, ownLearner, type Stage, type State } from '../stream/index.js';

/** Which characters have ids. */
export interface CharacterIdsOptions {
	/** Characters seen fewer times are unknown. Default 2. */
	minCount?: number;
	/** The characters of a token that count, from its beginning and its end: of a longer one the middle is left out. Default 20. */
	longest?: number;
}

/** Fitted characters: a stage that adds `characters`, ids for each token. Id 0 is padding, 1 any unknown character. */
export interface CharacterIds extends Stage<{ tokens: string[] }, { characters: Int32Array[] }> {
	/** Ids, padding and unknown included. */
	readonly size: number;
	/** The field that it adds. */
	readonly field: 'characters';
}

const kinds: Kinds<CharacterIdsOptions> = { minCount: is.whole(1), longest: is.whole(2) };

/**
 * Learns the characters of `tokens`.
 *
 * @example
 * const fitted = await chain(vocabulary({ minCount: 2 }), characterIds()).fit(udEnglish.train());
 */
export const characterIds = ownLearner((given: CharacterIdsOptions = {}): LearnerOf<{ tokens: string[] }, CharacterIds> => {
	const { minCount = 2, longest = 20 } = optionsOf('characterIds', given, kinds);
	const options = { minCount, longest };
	return learner(
		{
			start: () => ({ counts: new Map<string, number>() }),
			add({ counts }, docs: readonly { tokens: string[] }[]) {
				for (const { tokens } of docs) for (const token of tokens) for (const one of token) counts.set(one, (counts.get(one) ?? 0) + 1);
			},
			merge({ counts }, other) {
				for (const [one, count] of other.counts) counts.set(one, (counts.get(one) ?? 0) + count);
			},
			finish({ counts }) {
				if (counts.size === 0) {
					throw new RangeError(
						'characterIds: expected documents with tokens to fit on, got none. Check the source, and that words() comes before.',
					);
				}
				const kept = [...counts].filter(([, count]) => count >= minCount).sort(([a], [b]) => byCodePoint(a, b));
				return fitted(
					kept.map(([one]) => one),
					options,
				);
			},
		},
		{ stage: 'characterIds', options, needs: { tokens: 'texts' } },
	);
}, reviveCharacterIds);

function fitted(characters: readonly string[], options: { minCount: number; longest: number }): CharacterIds {
	const ids = new Map(characters.map((one, place) => [one, place + 2]));
	const { longest } = options;
	const idsOf = (token: string) => {
		const all = Array.from(token);
		const kept = all.length > longest ? [...all.slice(0, Math.ceil(longest / 2)), ...all.slice(all.length - Math.floor(longest / 2))] : all;
		return Int32Array.from(kept, (one) => ids.get(one) ?? 1);
	};
	const step = map((doc: { tokens: string[] }) => ({ characters: doc.tokens.map(idsOf) }), {
		...{ stage: 'characterIds', options, state: { characters } },
		needs: { tokens: 'texts' },
	});
	return Object.assign(step, { size: characters.length + 2, field: 'characters' as const });
}

/** The fitted characters that a spec describes. Throws a TypeError where the state is not one that `fit` wrote. */
function reviveCharacterIds(options: Json, state: State): CharacterIds {
	const { spec } = characterIds(options as CharacterIdsOptions);
	const characters = (state as { characters?: unknown } | null)?.characters;
	if (Array.isArray(characters) && characters.every((one) => typeof one === 'string')) {
		return fitted(characters, spec.options as { minCount: number; longest: number });
	}
	throw new TypeError(
		`characterIds: expected a state { characters: […] } of texts, got ${JSON.stringify(state)?.slice(0, 60)}. Save the pipeline again.`,
	);
}
