// Cleaning of raw text, in one fixed order of steps.
import { argumentOf, is, type Json, type Kind, type Kinds, optionsOf } from '../base/index.js';
import { map, ownStage, type Stage } from '../stream/index.js';
import { expandContractions } from './contractions.js';
import { decodeEntities, repairEntities } from './entities.js';
import { type Find, finder, finds, held, type Treatment } from './finds.js';
import { normalized } from './normalized.js';
import { shortenRuns } from './repeats.js';
import { stripTags } from './tags.js';
import { halfWidth } from './width.js';

/** What `clean` does, in the order of its steps. By default it takes markup away and writes in lower case; what is no markup stays: code, paths, `#1`, `a < b`. */
export interface CleanOptions extends Partial<Record<Find, Treatment>> {
	/** Remove tags (`<br />` and other blocks leave a space) and decode entities. Default true. */
	html?: boolean;
	/** Undo the damage of news corpora such as AG News: ` #39;`, ` quot;`, escaped tags (`&lt;b&gt;`), a backslash for a line break. Default false. */
	repair?: boolean;
	/** Unicode normalization form. Default 'NFC'. */
	normalize?: 'NFC' | 'NFKC' | 'NFD' | 'NFKD' | false;
	/** 'half' writes the full-width forms of ASCII in half width (`ＡＢＣ，１２３` → `ABC,123`), and no other character otherwise, as NFKC would. Default 'keep'. */
	width?: 'keep' | 'half';
	/** Words that no later step changes, case as given (`['US', 'C++']`): `US`, not `us` or `USA`. Default none. */
	keep?: readonly string[];
	/** `http://…`, `https://…`, `ftp://…` and `www.…`. Default 'keep'. */
	urls?: Treatment;
	/** E-mail addresses. Default 'keep'. */
	emails?: Treatment;
	/** `#topic`, and `#话题#`. Default 'keep'. */
	hashtags?: Treatment;
	/** `@user`. Default 'keep'. */
	mentions?: Treatment;
	/** Emoji with all that belongs to them: joined ones, tones, flags, keycaps. 'keep' is 'whole', unless `only` is given. Default 'keep'. */
	emoji?: Treatment;
	/** Digits with points and commas inside, apart from words: `1,000.5`, not `B2B` or `3rd`. Default 'keep'. */
	numbers?: Treatment;
	/** 'expand' writes English contractions out: `don't` → `do not`. Default 'keep'. */
	contractions?: 'keep' | 'expand';
	/** Default true. */
	lowercase?: boolean;
	/** 'strip' takes the diacritics of Latin, Greek and Cyrillic letters away: é → e, й → и. Marks of other scripts stay. Default 'keep'. */
	accents?: 'keep' | 'strip';
	/** The most of one character in a row: 2 makes `soooo` `soo`. Digits, URLs and e-mail addresses stay. Default false: no limit. */
	repeats?: number | false;
	/**
	 * 'strip' puts a space in the place of punctuation marks and symbols; 'outer' leaves those inside words and numbers (`don't`, `3.50`).
	 * Default 'keep'.
	 */
	punctuation?: 'keep' | 'outer' | 'strip';
	/** The only characters to stay, as in the brackets of a regular expression: 'a-z0-9'. A space stands for the others. Default false: all. */
	only?: string | false;
	/** Collapse each run of white space to one space, and trim. Default true. */
	whitespace?: boolean;
}

type All = Required<CleanOptions>;

const defaults: All = {
	html: true,
	repair: false,
	normalize: 'NFC',
	width: 'keep',
	keep: [],
	urls: 'keep',
	emails: 'keep',
	hashtags: 'keep',
	mentions: 'keep',
	emoji: 'keep',
	numbers: 'keep',
	contractions: 'keep',
	lowercase: true,
	accents: 'keep',
	repeats: false,
	punctuation: 'keep',
	only: false,
	whitespace: true,
};

const treatment: Kind = {
	expected: "one of 'keep', 'strip', 'whole', { as: 'text' }",
	fits: (value) => ['keep', 'strip', 'whole'].includes(value as string) || is.text.fits((value as { as?: unknown } | null)?.as),
	next: 'Choose one of these, or leave it out.',
};

const kinds: Kinds<CleanOptions> = {
	...(Object.fromEntries(finds.map((find) => [find, treatment])) as Record<Find, Kind>),
	html: is.flag,
	repair: is.flag,
	normalize: is.one('NFC', 'NFKC', 'NFD', 'NFKD', false),
	width: is.one('keep', 'half'),
	keep: is.names,
	contractions: is.one('keep', 'expand'),
	lowercase: is.flag,
	accents: is.one('keep', 'strip'),
	repeats: {
		expected: 'false or a whole number from 1 to 100',
		fits: (value) => value === false || (is.whole(1).fits(value) && (value as number) <= 100),
	},
	punctuation: is.one('keep', 'outer', 'strip'),
	only: { ...is.either(is.name, is.one(false)), expected: "characters and ranges such as 'a-z0-9', or false" },
	whitespace: is.flag,
};

const unprintable = /[^ -~]/;
const beyondAscii = /[\u0080-\uffff]/;
/** Control characters except white space, lone surrogates, noncharacters, and format characters that only layout sees (soft hyphen, BOM …). */
const invisible = /(?![\t-\r\x85])[\p{Cc}\p{Cs}\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\ufdd0-\ufdef\ufeff]/gu;
const diacritics = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+/g;
const marks = {
	strip: /[\p{P}\p{S}]/gu,
	outer: /(?!(?<=[\p{L}\p{M}\p{N}])['’\-‐‑](?=[\p{L}\p{N}])|(?<=\p{Nd})[.,:](?=\p{Nd}))[\p{P}\p{S}]/gu,
};

/** The work of `clean` for these options. */
function cleaner(who: string, given: CleanOptions): { all: All; work: (text: string) => string } {
	const set = Object.entries(optionsOf(who, given, kinds)).filter(([, value]) => value !== undefined);
	const all: All = { ...defaults, ...Object.fromEntries(set) };
	const { html, repair, normalize, width, contractions, lowercase, accents, repeats, punctuation, only, whitespace } = all;
	const wholeEmoji = all.emoji === 'keep' && only === false && (accents === 'strip' || repeats !== false || punctuation !== 'keep');
	const keep = normalize ? all.keep.map((word) => normalized(word, normalize)) : all.keep;
	const take = finder(wholeEmoji ? { ...all, emoji: 'whole' } : all, keep);
	const shorten = repeats === false ? undefined : shortenRuns(repeats);
	const others = only === false ? undefined : outside(who, only);
	const expand = contractions === 'expand';
	const strip = accents === 'strip';
	const mark = punctuation === 'keep' ? undefined : marks[punctuation];

	const work = (text: string) => {
		let out = text;
		if (html) out = decodeEntities(stripTags(out));
		if (repair) {
			const decoded = repairEntities(out);
			// Escaped tags have become tags by now, and `\$` stood for a dollar sign; any other backslash was a line break.
			out = html ? stripTags(decoded) : decoded;
			if (out.includes('\\')) out = out.replaceAll('\\$', ' $').replaceAll('\\', ' ');
		}
		const printable = !unprintable.test(out);
		if (!printable) {
			out = out.replace(invisible, '');
			if (normalize && beyondAscii.test(out)) out = normalized(out, normalize);
			if (width === 'half') out = halfWidth(out);
		}
		const aside: string[] = [];
		if (take) out = take(out, aside);
		if (expand) out = expandContractions(out);
		if (lowercase) out = out.toLowerCase();
		if (!printable && strip) out = normalized(normalized(out, 'NFD').replace(diacritics, ''), normalize || 'NFC');
		if (shorten) out = shorten(out);
		if (mark) out = out.replace(mark, ' ');
		if (others) out = out.replace(others, ' ');
		if (aside.length > 0) {
			let next = 0;
			out = out.replaceAll(held, () => aside[next++]!);
		}
		if (whitespace) out = (printable && aside.length === 0 ? out : out.replace(/[\s\x85]/g, ' ')).replace(/ {2,}/g, ' ').trim();
		return out;
	};
	return { all, work };
}

const asIs = cleaner('clean', {}).work;

/**
 * Cleans one text. The steps come in the order of `CleanOptions`, whatever the order in which options are given; control characters,
 * lone surrogates and noncharacters are dropped before `normalize`. Time is linear in the length of any text.
 *
 * @example
 * cleanText('Haiti&#39;s <b>straits</b><br />Muddy'); // "haiti's straits muddy"
 * cleanText('Haiti #39;s straits', { repair: true }); // "haiti's straits"
 */
export function cleanText(text: string, options?: CleanOptions): string {
	argumentOf('cleanText', 'text', text, is.text);
	return options === undefined ? asIs(text) : cleaner('cleanText', options).work(text);
}

/**
 * The stage that cleans `text`; the same work as `cleanText`.
 *
 * @example
 * pipe(lines('news.txt'), clean({ accents: 'strip', urls: { as: 'URL' } }), words());
 */
export const clean = ownStage((options: CleanOptions = {}): Stage<{ text: string }, { text: string }> => {
	const { all, work } = cleaner('clean', options);
	const stage = map(({ text }: { text: string }) => ({ text: work(text) }), {
		...{ stage: 'clean', options: { ...all } as unknown as Json, needs: { text: 'text' } as const },
	});
	return Object.assign(stage, { rewrites: 'text' });
});

/** What stands inside the brackets of a class: a bracket that ended it would begin a pattern of any kind. */
const inClass = /^(?:[^\]\\]|\\.)*$/su;

/** The characters that are not of a class; spaces are left out, which would become spaces. */
function outside(who: string, only: string): RegExp {
	try {
		if (!inClass.test(only)) throw new Error('Bracket that ends the class');
		return new RegExp(`(?![ ${held}])[^${only}]`, 'gu');
	} catch (error) {
		throw new RangeError(
			`${who}: expected only to be characters and ranges such as 'a-z0-9', got ${JSON.stringify(only)}: ${(error as Error).message}. Mend it.`,
		);
	}
}
