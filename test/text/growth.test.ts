// Time over hostile texts grows with their length: of every stage of textloom, every stemmer, and the functions beside them.
import {
	type AnyStage,
	augment,
	basicEnglish,
	basicEnglishTokens,
	bm25,
	bpe,
	characters,
	clean,
	cleanText,
	counts,
	ends,
	hashing,
	labels,
	oneHot,
	regexp,
	type StemAlgorithm,
	sentences,
	skip,
	splitSentences,
	stem,
	stemLanguages,
	stemmer,
	stopwords,
	subwords,
	take,
	tfidf,
	unigram,
	vocabulary,
	whitespace,
	wordpiece,
	words,
	wordTokens,
} from 'textloom';
import { describe, expect, it } from 'vitest';
import { examples } from '../stages/examples.js';

/** What is repeated up to the length wanted: each has cost some tokenizer or pattern its linear time. */
const units = {
	...{
		marks: '\u0301\u0323',
		'marks of one kind': '\u0301',
		'marks on letters': 'a\u0301\u0323',
		'marks of one class that compose': '\u0345\u0308',
	},
	...{ 'kana marks': 'か\u3099\u309a', 'jamo vowels': '\u1161', jamo: '\u1100\u1161\u11a8', 'vowel signs': '\u09be\u09c7', viramas: 'क्' },
	...{ '<': '<', '<a ': '<a ', '</a': '</a', '<a b=': '<a b=', '<!--': '<!--', '<script>': '<script>', '<x>': '<x>', '>': '>' },
	...{ '&': '&', '&#': '&#', '&amp': '&amp', ';': ';', ' #39': ' #39', '\\': '\\', '\\$': '\\$' },
	...{ '@': '@', 'a@': 'a@', 'a.': 'a.', '.': '.', '.a@': '.a@', 'a-': 'a-', '@a.': '@a.', '#': '#', '#a': '#a', '#话': '#话', '1#': '1#' },
	...{ 'http://': 'http://', 'www.': 'www.', '://': '://', http: 'http', '/': '/' },
	...{ quotes: '"', 'typographic quotes': '”', apostrophes: "'", 'a apostrophe': "a'", "don't": "don't", "'t": "'t", '’ll': '’ll' },
	...{
		'high halves': '\ud800',
		'low halves': '\udc00',
		emoji: '😀',
		joiners: '\u200d',
		'joined emoji': '👩\u200d',
		tones: '👍🏽',
		flags: '🇩🇪',
	},
	...{
		keycaps: '1\ufe0f\u20e3',
		'variation selectors': '\ufe0f',
		'flag tags': '🏴\u{e0067}',
		'soft hyphens': '\u00ad',
		isolates: '\u2067\u2069',
	},
	...{ 'right to left': 'שלום ', 'right to left marks': '\u202e', arabic: 'ال', 'arabic ligatures': '\ufdfa', tashkeel: 'مُّ', tatweel: 'ـ' },
	...{ a: 'a', ab: 'ab', y: 'y', ing: 'ing', ational: 'ational', 'dotted İ': 'İ', sigmas: 'Σ', 'sigma stop': 'Σ.', ß: 'ß', ﬁ: 'ﬁ' },
	...{ '(': '(', '()': '()', ')': ')', '[(': '[(', '。」': '。」', '!?': '!?', '. a': '. a', '. A': '. A', 'Mr.': 'Mr.', 'U.S.': 'U.S. ' },
	...{ '1,': '1,', '1.': '1.', '1,000.': '1,000.', digits: '1', '-1': '-1', $1: '$1', '１': '１' },
	...{
		spaces: ' ',
		tabs: '\t',
		breaks: '\n',
		'blank lines': '\n \n',
		'wide spaces': '\u3000',
		'a ': 'a ',
		'. ': '. ',
		controls: '\u0001',
		nul: '\0',
	},
	...{ han: '设', kana: 'かカ', thai: 'ไท', hangul: '한', '▁': '▁', '##': '##', '[UNK]': '[UNK]' },
};

/** Characters of a text to begin with. */
const shortest = 500;
/** The longest text that all is measured with, and the longest that suspicious work is. */
const [usual, longest] = [32_000, 2_048_000];
/** Milliseconds that say nothing: a busy machine takes them for anything. */
const noise = 100;
/** Milliseconds that no noise takes. */
const hang = 5000;

const best = async (times: number, work: () => unknown): Promise<number> => {
	let least = Number.POSITIVE_INFINITY;
	for (let i = 0; i < times; i++) {
		const start = performance.now();
		await work();
		least = Math.min(least, performance.now() - start);
	}
	return least;
};

/**
 * Four times the text may take eight times as long. Where it takes longer, and more than noise, longer texts must show it, until one takes
 * seconds: quadratic work takes sixteen times as long each time, so that it ends here soon, and what is no more than noise never does.
 */
async function expectLinear(name: string, work: (text: string) => unknown): Promise<void> {
	for (const [what, unit] of Object.entries(units)) {
		const timeOf = (length: number, times = 1) => {
			const text = unit.repeat(length / unit.length);
			return best(times, () => work(text));
		};
		let suspicious = false;
		let before = Number.POSITIVE_INFINITY;
		for (let length = shortest; length <= (suspicious ? longest : usual); length *= 4) {
			let time = await timeOf(length);
			const grew = () => time > noise && time > 8 * Math.max(before, noise / 16);
			if (grew()) {
				before = await timeOf(length / 4, 3);
				if (time < hang) time = Math.min(time, await timeOf(length));
			}
			suspicious = grew();
			const told = `${name} over ${JSON.stringify(unit)} (${what}): ${time.toFixed(0)} ms for ${length} characters, ${before.toFixed(0)} for a quarter`;
			expect(suspicious && time > hang, told).toBe(false);
			before = time;
		}
	}
}

type Doc = { text: string; tokens: string[]; label: string };
const docOf = (text: string): Doc => ({ text, tokens: [text, ...(text.match(/.{1,1000}/gs) ?? [])], label: text });
const through = (stage: AnyStage) => (text: string) => stage.applyAsync([docOf(text)]);
type AnyLearning = { fit(docs: readonly Doc[]): Promise<unknown> };
const learning = (learner: unknown) => (text: string) => (learner as AnyLearning).fit([docOf(text), { ...docOf('a b'), label: 'b' }]);

const seen = [docOf('a storm closes the harbour')];
const everything = {
	repair: true,
	normalize: 'NFKD',
	accents: 'strip',
	repeats: 2,
	punctuation: 'outer',
	contractions: 'expand',
	keep: ['US', 'C++'],
	only: '\\p{L}\\p{N}',
} as const;
const strip = Object.fromEntries(['urls', 'emails', 'hashtags', 'mentions', 'emoji', 'numbers'].map((kind) => [kind, 'strip']));
const normalizers = ['NFC', 'NFKD', 'BertNormalizer'].map((type) =>
	type === 'BertNormalizer' ? { type, clean_text: true, handle_chinese_chars: true, strip_accents: true, lowercase: true } : { type },
);
const wordLevel = { type: 'WordLevel', vocab: { '<unk>': 0, a: 1 }, unk_token: '<unk>' };

/** What is measured of some stages beside, or instead of, their examples. */
const stages: Record<string, ((text: string) => unknown)[]> = {
	clean: [clean(), clean(everything), clean(strip), clean({ ...strip, ...everything, only: false, punctuation: 'strip' })].map(through),
	words: [words({ offsets: true }), words({ punctuation: false })].map(through),
	basicEnglish: [through(basicEnglish({ offsets: true }))],
	whitespace: [through(whitespace({ offsets: true }))],
	regexp: [regexp({ pattern: '\\p{L}+|\\d+' }), regexp({ pattern: '\\s+', gaps: true, offsets: true })].map(through),
	characters: [characters({ offsets: true }), characters({ unit: 'grapheme', whitespace: false })].map(through),
	sentences: [through(sentences({ offsets: true }))],
	stopwords: [through(stopwords())],
	stem: [through(stem())],
	ends: [through(ends({ first: 'bos', last: 'eos' }))],
	augment: [augment({ on: 'text', epoch: 1, noise: 1 }), augment({ epoch: 1, noise: 1, swap: 0.5 })].map(through),
	subwords: [
		...normalizers.map((normalizer) =>
			subwords({ normalizer, pre_tokenizer: { type: 'BertPreTokenizer' }, model: wordLevel }, { offsets: true }),
		),
	].map(through),
	bpe: [
		learning(bpe({ size: 300 })),
		through(await bpe({ size: 300 }).fit(seen)),
		learning(bpe({ size: 300, byteLevel: false })),
		through(await bpe({ size: 300, byteLevel: false }).fit(seen)),
	],
	wordpiece: [learning(wordpiece({ size: 300 })), through(await wordpiece({ size: 300 }).fit(seen))],
	unigram: [learning(unigram({ size: 300 })), through(await unigram({ size: 300 }).fit(seen))],
	vocabulary: [learning(vocabulary()), through(await vocabulary().fit(seen))],
	counts: [learning(counts({ ngramRange: [1, 3] })), through(await counts({ ngramRange: [1, 3] }).fit(seen))],
	tfidf: [learning(tfidf()), through(await tfidf().fit(seen))],
	bm25: [learning(bm25()), through(await bm25().fit(seen))],
	hashing: [through(hashing({ ngramRange: [1, 2] }))],
	oneHot: [learning(oneHot()), through(await oneHot().fit(seen))],
	labels: [learning(labels())],
	skip: [through(skip(1))],
	take: [through(take(1))],
};

describe('time grows with the length of hostile text', () => {
	/** These compare all pairs of sentences, or of what may be a keyword. */
	const ofPairs = ['keywords', 'summarize'];
	/** A stage that nothing is said of above is measured by its examples; one of features reads no text. */
	const reading = Object.entries(examples).filter(([name, { needs }]) => needs !== 'features' && !ofPairs.includes(name));
	const works = reading.map(([name, row]) => {
		const measured = row.examples.map((unit) => ('fit' in unit ? learning(unit) : through(unit)));
		return [name, stages[name] ?? measured] as const;
	});

	it.each(works)('stage %s', { timeout: 600_000 }, async (name, works) => {
		for (const [place, work] of works.entries()) await expectLinear(`${name} ${place}`, work);
	});

	const functions = { cleanText, wordTokens, basicEnglishTokens, splitSentences };
	it.each(Object.entries(functions))('%s', { timeout: 600_000 }, async (name, work) => expectLinear(name, work));

	const stemmers = [
		...(['porter', 'porter-1980', 'lancaster'] as StemAlgorithm[]).map((algorithm) => [algorithm, stemmer({ algorithm })] as const),
		...stemLanguages.map((language) => [language, stemmer({ language })] as const),
	];
	it.each(stemmers)('stemmer %s: one long word, and many of a thousand letters', { timeout: 600_000 }, async (name, stem) => {
		await expectLinear(name, (text) => docOf(text).tokens.map(stem));
	});
});
