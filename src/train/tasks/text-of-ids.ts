// The text that ids of a target stand for: the other way through its stages, as far as there is one.
import { type AnyStage, chainParts } from '../../stream/index.js';

/** From ids back to a text. */
export interface Wording {
	/** How many ids there are. */
	readonly size: number;
	/** The id of what a vocabulary does not have. */
	readonly unknown?: number | undefined;
	tokensOf(ids: readonly number[]): readonly string[];
	/** The text of ids; of a vocabulary, tokens stand in the places that `instead` has. */
	textOf(ids: readonly number[], instead?: ReadonlyMap<number, string>): Promise<string>;
}

/** A part that makes ids: subwords, which give their text, or a vocabulary, which gives its tokens. */
interface MakesIds {
	readonly size: number;
	/** Of a vocabulary. */
	readonly unkId?: number;
	tokenOf(id: number): string;
	decode(ids: readonly number[]): Promise<string> | string[];
}

/** Stages whose tokens stand next to each other in a text. */
const spaceless = new Set(['characters', 'segment']);

/** Punctuation that stands at the word before it, and such as stands at the one after it. */
const joined = [
	[/ ([.,!?;:%)\]}…]|'(?:s|m|d|ll|re|ve)\b|n't\b)/gu, '$1'],
	[/([([{]) /gu, '$1'],
] as const;

/** The part of stages that makes ids. */
const partIn = (stages: AnyStage) =>
	chainParts(stages).findLast((part) => 'size' in part && 'idOf' in part && !('field' in part)) as unknown as MakesIds | undefined;

/** Whether each id is that of a whole token of the text, as a vocabulary gives it. */
export const hasWholeTokens = (stages: AnyStage): boolean => partIn(stages)?.unkId !== undefined;

/**
 * What makes texts of ids. Subwords know it themselves; tokens of a vocabulary have `join` between them: nothing where they are characters or Chinese words,
 * else a space, except before and after punctuation that has none.
 *
 * @throws {TypeError} where the stages end in no ids of a vocabulary or of subwords.
 */
export function wordingOf(who: string, stages: AnyStage, join: string | undefined): Wording {
	const parts = chainParts(stages);
	const made = partIn(stages);
	if (!made) {
		const got = parts.map(({ spec }) => spec.stage).join(', ');
		throw new TypeError(`${who}: expected stages of the target that end in ids, got ${got}. End them with vocabulary() or bpe({ size }).`);
	}
	const isTight = join === undefined && parts.some(({ spec }) => spaceless.has(spec.stage));
	return {
		...{ size: made.size, unknown: made.unkId },
		tokensOf: (ids) => ids.map(made.tokenOf),
		async textOf(ids, instead) {
			const found = await made.decode(ids);
			if (typeof found === 'string') return found.trim();
			const text = found.map((token, place) => instead?.get(place) ?? token).join(join ?? (isTight ? '' : ' '));
			return join !== undefined || isTight ? text : joined.reduce((text, [found, as]) => text.replace(found, as), text);
		},
	};
}
