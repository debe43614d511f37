// Character noise: one wrong character in a word.
import type { Random } from './random-of.js';

/** Each changes the characters of a word at a place; `other` is the character that may come in. */
const edits: ((characters: string[], place: number, other: string) => void)[] = [
	(characters, place) => characters.length > 1 && characters.splice(place, 1),
	(characters, place, other) => characters.splice(place, 0, other),
	(characters, place, other) => characters.splice(place, 1, other),
	(characters, place) => characters.splice(place, 2, ...characters.slice(place, place + 2).reverse()),
];

/** The word with one character left out, put in, replaced or changed with the next. What comes in is a character of `source`. */
export function editWord(word: string, source: string, random: Random): string {
	const characters = Array.from(word);
	const others = Array.from(source);
	const edit = edits[random.below(edits.length)]!;
	const other = others[random.below(others.length)] ?? '';
	edit(characters, random.below(characters.length), other);
	return characters.join('');
}
