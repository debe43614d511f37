// Snowball's Indonesian stemmer: F. Z. Tala, "A study of stemming effects on information retrieval in Bahasa Indonesia", 2003, https://snowballstem.org/algorithms/indonesian/stemmer.html.
import { cut, endings, letters, nowhere } from './kit.js';

const isVowel = letters('aeiou');
/** Every affix has a vowel, and none is taken from a word of two. */
function isLong(word: string): boolean {
	let vowels = 0;
	for (let at = 0; at < word.length; at++) if (isVowel(word, at)) vowels++;
	return vowels > 2;
}

const particle = endings([['kah lah pun', cut]]);
const possessive = endings([['ku mu nya', cut]]);

/** What is left without a prefix, and which kind that was: each goes with some suffixes only. `changed`: a letter has come in its place. */
interface Prefixed {
	readonly text: string;
	readonly kind: 'none' | 'di' | 'per' | 'ke' | 'ber';
	readonly changed?: boolean;
}

const kinds: readonly (readonly [prefix: string, kind: Prefixed['kind']])[] = [
	['meng', 'di'],
	['peng', 'ke'],
	['men', 'di'],
	['pen', 'ke'],
	['mem', 'di'],
	['pem', 'ke'],
	['ter', 'di'],
	['me', 'di'],
	['di', 'di'],
	['ke', 'ke'],
];

/** The outer prefix. It has swallowed the s of meny- and peny- and the p of mem- and pem- before a vowel. */
function withoutFirst(word: string): Prefixed | undefined {
	const found = kinds.find(([prefix]) => word.startsWith(prefix));
	if (found === undefined) return undefined;
	const [prefix, kind] = found;
	const text = word.slice(prefix.length);
	if (prefix.endsWith('en') && text.startsWith('y') && isVowel(text, 1)) return { text: `s${text.slice(1)}`, kind, changed: true };
	if (prefix.endsWith('em') && isVowel(text, 0)) return { text: `p${text}`, kind, changed: true };
	return { text, kind };
}

/** The inner prefix: ber- and per-, before some words bel-, pel-, be- and pe-. */
function withoutSecond({ text, kind }: Prefixed): Prefixed | undefined {
	const isBer = text.startsWith('be');
	if (!isBer && !text.startsWith('pe')) return undefined;
	const own = isBer ? 'ber' : 'per';
	if (text[2] === 'r') return { text: text.slice(3), kind: own };
	if (text.startsWith('lajar', 2)) return { text: text.slice(3), kind: isBer ? own : kind };
	const follows = !isBer || (text.length > 2 && !isVowel(text, 2) && text.startsWith('er', 3));
	return follows ? { text: text.slice(2), kind: own } : undefined;
}

/** -kan, -an or -i, where it goes with the prefix. */
function withoutSuffix({ text, kind }: Prefixed): string | undefined {
	if (text.endsWith('an')) {
		if (kind !== 'ke' && kind !== 'per' && text.endsWith('kan')) return text.slice(0, -3);
		return kind === 'di' ? undefined : text.slice(0, -2);
	}
	return text.endsWith('i') && kind !== 'ke' && kind !== 'ber' && !text.endsWith('si') ? text.slice(0, -1) : undefined;
}

export function indonesian(word: string): string {
	if (!isLong(word)) return word;
	const bare = particle(word, nowhere) ?? word;
	if (!isLong(bare)) return bare;
	const text = possessive(bare, nowhere) ?? bare;
	if (!isLong(text)) return text;
	const first = withoutFirst(text);
	if (first === undefined) {
		const second = withoutSecond({ text, kind: 'none' }) ?? { text, kind: 'none' };
		return isLong(second.text) ? (withoutSuffix(second) ?? second.text) : second.text;
	}
	const stem = isLong(first.text) ? withoutSuffix(first) : undefined;
	if (stem === undefined) return first.text;
	if (first.changed || !isLong(stem)) return stem;
	return withoutSecond({ text: stem, kind: first.kind })?.text ?? stem;
}
