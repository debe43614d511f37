// The tokens of documents as people read them, with their places in the text: what the ids of a model stand for.
import { reviveStages, savedStages } from '../../stages/index.js';
import { type AnyStage, chain, chainParts, isOwn } from '../../stream/index.js';
import { locate, locateTerms, type Place } from './locate.js';

/** A token, and where it is in the text, if it is there as it is. */
export interface Token extends Partial<Place> {
	readonly token: string;
}

/** A document behind the stages. */
export interface Encoded {
	readonly text?: unknown;
	readonly ids?: ArrayLike<number>;
	readonly tokens?: readonly string[];
	readonly offsets?: readonly (readonly [start: number, end: number])[];
	readonly features?: { readonly indices: ArrayLike<number> };
}

/** The same stages, whose tokenizer tells where tokens are. A stage of the user's own stays as it is. */
export function withOffsets(stages: AnyStage): AnyStage {
	const parts = chainParts(stages).map((part) => {
		const { options } = part.spec;
		if (!isOwn(part.spec) || (options as { offsets?: unknown } | null)?.offsets !== false) return part;
		const { stages, numbers } = savedStages(part.spec, 'explain');
		return reviveStages({ stages: stages.map((one) => ({ ...one, options: { ...(one.options as object), offsets: true } })), numbers });
	});
	return parts.length === 1 ? (parts[0] as AnyStage) : (chain(...(parts as never[])) as AnyStage);
}

/** The names of terms by their columns, where a stage makes features of terms that have names. */
function namesIn(stages: AnyStage): readonly string[] | undefined {
	const [vectorizer] = chainParts(stages).filter((part) => (part as { field?: unknown }).field === 'features');
	return (vectorizer as { names?: () => readonly string[] } | undefined)?.names?.();
}

/** Gives the tokens of a document by its text and what the stages made of it, as many as it has ids. */
export function tokenReader(stages: AnyStage): (text: string, encoded: Encoded) => Token[] {
	let names: readonly string[] | undefined;
	return (text, encoded) => {
		const { ids = [], tokens, features, offsets } = encoded;
		if (features) {
			names ??= namesIn(stages);
			const terms = Array.from(features.indices, (column) => names?.[column] ?? `column ${column}`);
			return placed(terms, locateTerms(text, terms));
		}
		if (!tokens || tokens.length < ids.length) {
			const got = tokens ? `${tokens.length} tokens for ${ids.length} ids` : 'none';
			throw new TypeError(`explain: expected stages that leave the tokens of ids in the field "tokens", got ${got}. Leave them there.`);
		}
		const own = tokens.slice(0, ids.length);
		return placed(own, placesOf(text, encoded.text, own, offsets));
	};
}

const placed = (tokens: readonly string[], places: readonly (Place | undefined)[]): Token[] =>
	tokens.map((token, at) => ({ token, ...places[at] }));

/** Places in the text: those that stages tell where they left its length as it was, else what is found there. */
function placesOf(text: string, rewritten: unknown, tokens: readonly string[], offsets: Encoded['offsets']): (Place | undefined)[] {
	if (offsets?.length !== tokens.length || typeof rewritten !== 'string') return locate(text, tokens);
	const place = ([start, end]: readonly [number, number]) => (end > start ? { start, end } : undefined);
	if (rewritten.toLowerCase() === text.toLowerCase() && rewritten.length === text.length) return offsets.map(place);
	return locate(
		text,
		offsets.map(([start, end]) => rewritten.slice(start, end)),
	);
}
