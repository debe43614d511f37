// Cleaning of raw text: HTML, damaged entities, Unicode form, case, control characters, white space.
import { map, type Stage } from '../stream/index.js';
import { decodeEntities, repairEntities } from './entities.js';
import { stripTags } from './tags.js';

/** What `clean` does; the defaults suit English news and reviews. */
export interface CleanOptions {
	/** Remove tags (`<br />` and other blocks leave a space) and decode entities. Default true. */
	html?: boolean;
	/** Undo the damage of news corpora: ` #39;`, ` quot;`, escaped tags (`&lt;b&gt;`), a backslash for a line break. Default true. */
	repair?: boolean;
	/** Default true. */
	lowercase?: boolean;
	/** Unicode normalization form. Default 'NFC'. */
	normalize?: 'NFC' | 'NFKC' | false;
	/** 'strip' takes the diacritics of Latin, Greek and Cyrillic letters away: é → e, й → и. Marks of other scripts stay. Default 'keep'. */
	accents?: 'keep' | 'strip';
	/** 'strip' puts a space in the place of `http://…`, `https://…`, `ftp://…` and `www.…`. Default 'keep'. */
	urls?: 'keep' | 'strip';
	/** Collapse each run of white space to one space, and trim. Default true. */
	whitespace?: boolean;
}

const unprintable = /[^ -~]/;
const beyondAscii = /[\u0080-\uffff]/;
/** Control characters except white space, lone surrogates, and format characters that only layout sees (soft hyphen, BOM …). */
const invisible = /(?:(?![\t-\r\x85])[\p{Cc}\p{Cs}\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff])+/gu;
const diacritics = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+/g;
const url = /\b(?:(?:https?|ftp):\/\/|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]]/gi;

/**
 * Cleans one text. Control characters and lone surrogates are always dropped. Time is linear in the length of any text.
 *
 * @example
 * cleanText('Haiti #39;s <b>straits</b><br />Muddy'); // "haiti's straits muddy"
 */
export function cleanText(text: string, options: CleanOptions = {}): string {
	return cleaned(text, withDefaults(options));
}

function withDefaults({
	html = true,
	repair = true,
	lowercase = true,
	normalize = 'NFC',
	accents = 'keep',
	urls = 'keep',
	whitespace = true,
}: CleanOptions): Required<CleanOptions> {
	return { html, repair, lowercase, normalize, accents, urls, whitespace };
}

function cleaned(text: string, { html, repair, lowercase, normalize, accents, urls, whitespace }: Required<CleanOptions>): string {
	let out = text;
	if (html) out = decodeEntities(stripTags(out));
	if (repair) {
		const decoded = repairEntities(out);
		// Escaped tags have become tags by now, and `\$` stood for a dollar sign; any other backslash was a line break.
		out = html ? stripTags(decoded) : decoded;
		if (out.includes('\\')) out = out.replaceAll('\\$', ' $').replaceAll('\\', ' ');
	}
	if (urls === 'strip' && /:\/\/|www\./i.test(out)) out = out.replace(url, ' ');
	const printable = !unprintable.test(out);
	if (!printable) {
		out = out.replace(invisible, '');
		if (normalize && beyondAscii.test(out)) out = out.normalize(normalize);
	}
	if (lowercase) out = out.toLowerCase();
	if (!printable && accents === 'strip') out = out.normalize('NFD').replace(diacritics, '').normalize('NFC');
	if (whitespace) out = (printable ? out : out.replace(/[\s\x85]/g, ' ')).replace(/ {2,}/g, ' ').trim();
	return out;
}

/**
 * The stage that cleans `text`; the same work as `cleanText`.
 *
 * @example
 * pipe(csv('news.csv'), clean({ accents: 'strip' }), words());
 */
export function clean(options: CleanOptions = {}): Stage<{ text: string }, { text: string }> {
	const all = withDefaults(options);
	const { normalize, accents, urls } = all;
	check('normalize', normalize, ['NFC', 'NFKC', false]);
	check('accents', accents, ['keep', 'strip']);
	check('urls', urls, ['keep', 'strip']);
	return map({ stage: 'clean', options: { ...all } }, (doc) => ({ text: cleaned(doc.text, all) }));
}

function check(option: string, got: unknown, allowed: readonly unknown[]): void {
	if (allowed.includes(got)) return;
	const list = allowed.map((value) => JSON.stringify(value)).join(', ');
	throw new RangeError(`clean: expected ${option} to be one of ${list}, got ${JSON.stringify(got)}. Choose one of these, or leave it out.`);
}
