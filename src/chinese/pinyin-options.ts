// The options of pinyin, and what reads texts by them.
import { byCodePoint, is, type Kind, type Kinds, OptionError } from '../base/index.js';
import { createPieces, type Others, type Pieces } from './pieces.js';
import { runReader } from './readings.js';

/** How Chinese is read and written in pinyin. */
export interface PinyinOptions {
	/** 'marks' (`lǜ`), 'numbers' (`lü4`, the neutral tone 5) or 'none' (`lü`). Default 'marks'. */
	tones?: 'marks' | 'numbers' | 'none';
	/**
	 * The whole syllable, its initial (`zh` of `zhōng`, '' of `ān`; y and w count as initials), its final (`ōng`; the u of `ju` and `yuan` is ü)
	 * or its first letter. Initials and first letters have no tones. Default 'whole'.
	 */
	parts?: 'whole' | 'initials' | 'finals' | 'first';
	/** Which characters of a text are read as surnames (单 Shàn, not dān): none, those that the text begins with, or all. Default 'off'. */
	surnames?: 'off' | 'first' | 'all';
	/** What becomes of text that is not Chinese: 'keep' it as it is, 'drop' it, or 'space' its characters apart, so that each character of the text has its piece. Default 'keep'. */
	others?: Others;
	/** Readings of your own, with tone marks, a syllable for each character: `{ 银行: 'yín háng' }`. The longest word counts. Default none. */
	custom?: Readonly<Record<string, string>>;
	/** How ü is written where tones are no marks: 'v' leaves the 26 letters. Default 'ü'. */
	umlaut?: 'ü' | 'v';
	/** Whether the tones of 一 and 不 are those of speech (`bú shì`, `yì tiān`) within a word, or, as GB/T 16159 writes them, `bù shì`. Default false. */
	sandhi?: boolean;
	/** What stands between syllables. Default ' '. */
	join?: string;
}

/** The options of reading and writing, written out. */
export type AllPinyinOptions = Required<PinyinOptions>;

const custom: Kind = {
	expected: "words of Chinese characters with a syllable for each, tones as marks: { 银行: 'yín háng' }",
	fits: (value) =>
		is.object.fits(value) &&
		Object.entries(value as object).every(
			([word, reading]) =>
				/^\p{Script=Han}+$/u.test(word) &&
				typeof reading === 'string' &&
				/^[\p{L}\p{M}\s]*$/u.test(reading) &&
				syllablesOf(reading).length === Array.from(word).length,
		),
};

/** The kinds of these options. */
export const pinyinKinds: Kinds<PinyinOptions> = {
	tones: is.one('marks', 'numbers', 'none'),
	parts: is.one('whole', 'initials', 'finals', 'first'),
	surnames: is.one('off', 'first', 'all'),
	others: is.one('keep', 'drop', 'space'),
	custom,
	umlaut: is.one('ü', 'v'),
	sandhi: is.flag,
	join: is.text,
};

const syllablesOf = (reading: string) => reading.trim().split(/\s+/).filter(Boolean);

/** The options with defaults, and in an order that does not depend on that of `custom`. */
export function allPinyinOptions(who: string, given: PinyinOptions): AllPinyinOptions {
	const {
		tones = 'marks',
		parts = 'whole',
		surnames = 'off',
		others = 'keep',
		umlaut = 'ü',
		sandhi = false,
		join = ' ',
		custom = {},
	} = given;
	if (umlaut === 'v' && tones === 'marks') {
		throw new OptionError(`${who}: expected tones 'numbers' or 'none' beside umlaut 'v', got 'marks'. Leave umlaut out, or say tones.`, {
			umlaut,
		});
	}
	const sorted = Object.fromEntries(Object.entries(custom).sort(([a], [b]) => byCodePoint(a, b)));
	return { tones, parts, surnames, others, custom: sorted, umlaut, sandhi, join };
}

/** What reads texts by these options. */
export function piecesBy(options: AllPinyinOptions, all: boolean): Pieces {
	const { tones, parts, surnames, others, umlaut, sandhi } = options;
	const custom = new Map(Object.entries(options.custom).map(([word, reading]) => [word, syllablesOf(reading)]));
	return createPieces({ tones, parts, umlaut, others, all }, runReader({ surnames, sandhi, custom }));
}
