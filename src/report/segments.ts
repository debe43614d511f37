// A text in pieces of one weight each: what is drawn where words are coloured by an explanation.

/** A token with its weight, and where it is in the text, if it is there. */
export interface WeightedToken {
	readonly token: string;
	readonly weight: number;
	readonly start?: number;
	readonly end?: number;
}

/** A piece of a text. */
export interface Segment {
	readonly text: string;
	/** The sum of the weights of the tokens over it, each spread over its length; undefined where there is none. */
	readonly weight?: number;
}

/**
 * The text in pieces. Tokens may overlap, as terms of several words do with their words: weights add up. Where most tokens are not in the text the pieces
 * are the tokens themselves, with spaces between them.
 */
export function segmentsOf(text: string, tokens: readonly WeightedToken[]): Segment[] {
	const placed = tokens.filter(({ start, end }) => start !== undefined && end !== undefined && end > start) as Required<WeightedToken>[];
	if (placed.length * 2 < tokens.length) {
		return tokens.flatMap(({ token, weight }, place) => [...(place > 0 ? [{ text: ' ' }] : []), { text: token, weight }]);
	}
	const ends = [...new Set([0, text.length, ...placed.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
	return ends.slice(1).map((end, place): Segment => {
		const start = ends[place]!;
		const over = placed.filter((token) => token.start < end && token.end > start);
		const piece = text.slice(start, end);
		if (over.length === 0) return { text: piece };
		return { text: piece, weight: over.reduce((sum, token) => sum + (token.weight * (end - start)) / (token.end - token.start), 0) };
	});
}
