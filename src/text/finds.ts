// What `clean` finds in a text as one thing: URLs, e-mail addresses, hashtags, mentions, emoji, numbers, and words to keep.

/** Letters of scripts that put spaces between words; a digit beside one of them belongs to a word. */
const spaced = '\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{M}';
const word = '\\p{L}\\p{M}\\p{N}_';
/** ASCII but white space, quotation marks and `<>`, or a letter that is not Chinese or Japanese: `看http://t.cn/a好` ends before 好. */
const inUrl = `[!#-;=?-~${spaced}]`;
const name = `${spaced}0-9_`;
/** A base with tone or variation selector, and the tags of a subdivision's flag. */
const pictograph =
	'(?:\\p{Emoji_Presentation}|(?![\\0-\\u25ff\\u3030-\\u3299])\\p{Extended_Pictographic}|\\p{Extended_Pictographic}\\ufe0f)';
const styled = '(?:\\p{Emoji_Modifier}|\\ufe0f)?[\\u{e0020}-\\u{e007f}]{0,16}';

/**
 * The pattern of each kind, in order of precedence where two begin at one place. Each repetition has a largest count, so that the time
 * is linear and the stack of the pattern bounded.
 */
const patterns = {
	urls: `\\b(?:(?:[hH][tT][tT][pP][sS]?|[fF][tT][pP])://|[wW]{3}\\.)${inUrl}{1,2048}(?<![.,:;!?'")\\]])`,
	emails: `(?<![${name}])[${name}][${name}.+%'-]{0,63}@(?:[${name}](?:[${name}-]{0,62})\\.){1,8}[${spaced}]{2,24}(?![${name}@-])`,
	hashtags: `(?<![${word}&#/])#(?=\\p{N}{0,64}[\\p{L}_])[${word}]{1,256}(?:(?<=[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}])#)?`,
	mentions: `(?<![${word}.@/-])@(?![hH][tT][tT][pP][sS]?://|[wW]{3}\\.)[${word}]{1,256}(?:@[${name}-]{1,63}(?:\\.[${name}-]{1,63}){1,8})?`,
	emoji: `\\p{RI}{1,2}|[0-9#*]\\ufe0f?\\u20e3|${pictograph}${styled}(?:\\u200d\\p{Extended_Pictographic}${styled}){0,9}`,
	numbers: `(?<![${spaced}\\p{Nd}_])\\p{Nd}{1,64}(?:[.,]\\p{Nd}{1,64}){0,64}(?![${spaced}\\p{Nd}_])`,
};

/**
 * What happens to a thing of one kind: 'keep' leaves it to the later steps like any other text, 'strip' puts a space in its place,
 * 'whole' leaves it as it stands, and no later step but `whitespace` touches it; `{ as }` puts a text in its place, which none touches either.
 */
export type Treatment = 'keep' | 'strip' | 'whole' | { readonly as: string };

/** A kind of thing with a treatment of its own. */
export type Find = keyof typeof patterns;

/** The kinds, in order of precedence. */
export const finds = Object.keys(patterns) as Find[];

/** What a text without any of a kind does not match; much faster than the pattern. */
const hints: Readonly<Record<Find, string>> = {
	urls: '://|[wW]{3}\\.',
	emails: '@',
	hashtags: '#',
	mentions: '@',
	emoji: '[\\u200d-\\u{10ffff}]|[\\xa9\\xae]\\ufe0f',
	numbers: '\\p{Nd}',
};

/** URLs and e-mail addresses, for `split`. */
export const addresses = new RegExp(`(${patterns.urls}|${patterns.emails})`, 'gu');

/** A character that no text has (clean drops it as one of the noncharacters): it stands for what is set aside. */
export const held = '\ufdd0';

/** Strips what is to go from a text, and pushes what is to be set aside. */
export type Take = (text: string, aside: string[]) => string;

/** A finder for treatments and words to keep; undefined where there is nothing to do. */
export function finder(treatments: Readonly<Record<Find, Treatment>>, keep: readonly string[]): Take | undefined {
	const active = finds.filter((kind) => treatments[kind] !== 'keep');
	if (active.length === 0 && keep.length === 0) return undefined;
	// Kinds of higher precedence are found though they stay as they are: no mention inside an address, no number inside a URL.
	const known = finds.slice(0, Math.max(0, ...active.map((kind) => finds.indexOf(kind) + 1)));
	const kept = [...keep].sort((a, b) => b.length - a.length).map(whole);
	const alternatives = [
		...(kept.length > 0 ? [`(?<kept>${kept.join('|')})`] : []),
		...known.map((kind) => `(?<${kind}>${patterns[kind]})`),
	];
	const pattern = new RegExp(alternatives.join('|'), 'gu');
	const hint = new RegExp([...active.map((kind) => hints[kind]), ...kept].join('|'), 'u');
	return (text, aside) => {
		if (!hint.test(text)) return text;
		return text.replace(pattern, (found: string, ...rest) => {
			const groups = rest.at(-1) as Record<Find | 'kept', string | undefined>;
			const kind = known.find((kind) => groups[kind] !== undefined);
			const treatment = kind ? treatments[kind] : 'whole';
			if (treatment === 'keep') return found;
			if (treatment === 'strip') return ' ';
			aside.push(treatment === 'whole' ? found : treatment.as);
			return held;
		});
	};
}

/** A pattern of a word as it stands. No letter or digit goes on where one begins or ends it. */
function whole(text: string): string {
	const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	const inner = new RegExp(`^[${word}]`, 'u');
	const last = new RegExp(`[${word}]$`, 'u');
	return `${inner.test(text) ? `(?<![${word}])` : ''}${escaped}${last.test(text) ? `(?![${word}])` : ''}`;
}
