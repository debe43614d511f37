// What belongs to the tokens of a document, one for each: it is chosen, moved and added to together with them.

/** The fields with one entry for each of `tokens`, and what stands there for a token that was added; `place` is where the text goes on after it. */
const aligned = {
	offsets: (place: number): unknown => [place, place],
	tags: (): unknown => null,
	pinyin: (): unknown => null,
} satisfies Readonly<Record<string, (place: number) => unknown>>;

interface Tokens {
	readonly tokens: readonly string[];
}

type Changed = { tokens: string[] };

/** Places of tokens, the second the one after the last. */
export type Span = readonly [from: number, to: number];

/** The aligned fields that a document has. One of another length belongs to other tokens. */
function fieldsOf(doc: Tokens): (readonly [keyof typeof aligned, readonly unknown[]])[] {
	const found: (readonly [keyof typeof aligned, readonly unknown[]])[] = [];
	for (const field of Object.keys(aligned) as (keyof typeof aligned)[]) {
		const value = (doc as unknown as Record<string, unknown>)[field];
		if (Array.isArray(value) && value.length === doc.tokens.length) found.push([field, value]);
	}
	return found;
}

/** The tokens that `keep` chooses, with what belongs to them. */
export function chosenTokens(doc: Tokens, keep: (token: string) => boolean): Changed {
	const fields = fieldsOf(doc);
	if (fields.length === 0) return { tokens: doc.tokens.filter((token) => keep(token)) };
	const places: number[] = [];
	for (let place = 0; place < doc.tokens.length; place++) if (keep(doc.tokens[place]!)) places.push(place);
	return movedTokens(doc, places);
}

/** The tokens at these places, in this order, with what belongs to them. */
export function movedTokens(doc: Tokens, places: readonly number[]): Changed {
	const moved = Object.fromEntries(fieldsOf(doc).map(([field, values]) => [field, places.map((place) => values[place])]));
	return { tokens: places.map((place) => doc.tokens[place]!), ...moved };
}

/** The tokens with others before and after them. */
export function surroundedTokens(doc: Tokens, before: readonly string[], after: readonly string[]): Changed {
	const end = (values: readonly unknown[]) => (values.at(-1) as readonly number[] | undefined)?.[1] ?? 0;
	const added = fieldsOf(doc).map(([field, values]) => {
		const last = field === 'offsets' ? end(values) : 0;
		return [field, [...before.map(() => aligned[field](0)), ...values, ...after.map(() => aligned[field](last))]];
	});
	return { tokens: [...before, ...doc.tokens, ...after], ...Object.fromEntries(added) };
}

/**
 * Tokens that were made of others side by side. `spans` tells of each from which place on it was made and before which it ended: offsets go
 * from the first to the last, what else belongs to a token stays with one that was made of it alone.
 */
export function joinedTokens(doc: Tokens, tokens: string[], spans: () => readonly Span[]): Changed {
	const fields = fieldsOf(doc);
	if (fields.length === 0) return { tokens };
	const all = spans();
	const joined = fields.map(([field, values]) => {
		const of = ([from, to]: Span) => {
			if (to === from + 1) return values[from];
			if (field !== 'offsets') return aligned[field]();
			return [(values[from] as readonly number[])[0], (values[to - 1] as readonly number[])[1]];
		};
		return [field, all.map(of)];
	});
	return { tokens, ...Object.fromEntries(joined) };
}

/** Tokens that were made of all others together: nothing belongs to them one by one any more. */
export function remadeTokens(doc: Tokens, tokens: string[]): Changed {
	return { tokens, ...Object.fromEntries(fieldsOf(doc).map(([field]) => [field, []])) };
}
