// What of a `tokenizer.json` is checked before the package `tokenizers` gets it: faults by which it ends the whole process, where others are errors.
import { backtracks } from './backtracking.js';
import type { TokenizerJson } from './tokenizer-json.js';

type Part = Readonly<Record<string, unknown>>;
type Check<T> = readonly [expected: string, holds: (of: T) => boolean];

/** For a part with such a key: files may leave the type of a part out. */
const ofParts: Readonly<Record<string, Check<Part>>> = {
	type: ['a whole precompiled_charsmap', ({ type, precompiled_charsmap: map }) => type !== 'Precompiled' || isCharsmap(map)],
	precompiled_charsmap: ['a whole precompiled_charsmap', ({ precompiled_charsmap: map }) => isCharsmap(map)],
	prepend: ['a text to prepend', ({ prepend }) => prepend !== ''],
	length: ['a length above 0', ({ length }) => length !== 0],
	pattern: ['a pattern that matches no empty text', ({ pattern }) => !matchesEmpty(pattern as Part | null)],
	// Beyond ten million ways the package ends the process.
	Regex: [
		'a Regex of at most 20,000 characters without repetitions that overlap',
		({ Regex }) => typeof Regex !== 'string' || !backtracks(Regex),
	],
	single: ['every token of a template among its special_tokens', hasItsTokens],
};

const ofModel: Check<Part> = [
	'merges whose second token begins with continuing_subword_prefix',
	({ merges, continuing_subword_prefix: prefix }) =>
		typeof prefix !== 'string' || !Array.isArray(merges) || merges.every((merge) => second(merge).startsWith(prefix)),
];

/** The first thing expected that does not hold, if there is one. */
export function unsound({ normalizer, pre_tokenizer, post_processor, decoder, model }: TokenizerJson): string | undefined {
	if (!ofModel[1](model)) return ofModel[0];
	for (const part of parts([normalizer, pre_tokenizer, post_processor, decoder])) {
		for (const [key, [expected, holds]] of Object.entries(ofParts)) if (Object.hasOwn(part, key) && !holds(part)) return expected;
	}
	return undefined;
}

/** All parts, those in others included. Lists of parts are none (they have a `length` of their own), nor are tables by names of tokens. */
function parts(outer: readonly unknown[]): Part[] {
	const found: object[] = [];
	const add = (value: unknown) => typeof value === 'object' && value !== null && found.push(value);
	outer.forEach(add);
	for (const part of found) for (const [key, inner] of Object.entries(part)) if (key !== 'special_tokens') add(inner);
	return found.filter((part) => !Array.isArray(part)) as Part[];
}

function hasItsTokens({ single, pair, special_tokens: tokens }: Part): boolean {
	return [single, pair]
		.flatMap((template) => (Array.isArray(template) ? template : []))
		.every((piece) => piece?.SpecialToken === undefined || Object.hasOwn(tokens ?? {}, piece.SpecialToken?.id));
}

/** Whether a pattern, a `String` or a `Regex`, finds something in no text. A regular expression that is none here is left to the package. */
function matchesEmpty(pattern: Part | null | undefined): boolean {
	if (pattern?.String === '') return true;
	try {
		return typeof pattern?.Regex === 'string' && new RegExp(pattern.Regex, 'u').test('');
	} catch {
		return false;
	}
}

/** SentencePiece's table, in base64: the size of a trie in bytes (32 bits, little-endian), the trie (32-bit units), and text in UTF-8. */
function isCharsmap(base64: unknown): boolean {
	if (typeof base64 !== 'string') return false;
	const bytes = Buffer.from(base64, 'base64');
	if (bytes.toString('base64') !== base64 || bytes.length < 4) return false;
	const size = bytes.readUInt32LE(0);
	if (size % 4 !== 0 || size > bytes.length - 4) return false;
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4 + size));
		return true;
	} catch {
		return false;
	}
}

/** The second token of a merge, which is a pair or, in older files, two words. */
function second(merge: unknown): string {
	const token = Array.isArray(merge) ? merge[1] : String(merge).split(' ')[1];
	return typeof token === 'string' ? token : '';
}
