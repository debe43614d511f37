// The characters of a corpus: what every subword model starts with.
import { byCodePoint } from '../../../base/index.js';

/** How often each character occurs in words that are already split into characters. */
export function countCharacters(words: readonly (readonly string[])[], counts: readonly number[]): Map<string, number> {
	const characters = new Map<string, number>();
	words.forEach((word, i) => {
		for (const character of word) characters.set(character, (characters.get(character) ?? 0) + counts[i]!);
	});
	return characters;
}

/** The `limit` most frequent characters, in the order of their code points. */
export function alphabetOf(characters: ReadonlyMap<string, number>, limit = Number.POSITIVE_INFINITY): string[] {
	const all = [...characters];
	if (all.length > limit) all.sort(([a, m], [b, n]) => n - m || byCodePoint(a, b)).length = limit;
	return all.map(([character]) => character).sort(byCodePoint);
}
