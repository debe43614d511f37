// Each option of `clean` by itself, options together, and any text through all of them.
import fc from 'fast-check';
import { type CleanOptions, clean, cleanText } from 'textloom';
import { describe, expect, it } from 'vitest';

/** Each option of its own, with everything else as it is by default: text, options, result. */
const alone: [text: string, options: CleanOptions, expected: string][] = [
	['see https://x.org/a?b=c. Or (www.x.org), bye', { urls: 'strip' }, 'see . or ( ), bye'],
	['看http://t.cn/a好。HTTP://X.ORG!', { urls: { as: 'URL' } }, '看URL好。URL!'],
	['mail a.b+c@mail.example.org, or a@b', { emails: { as: 'MAIL' } }, 'mail MAIL, or a@b'],
	['邮箱me@example.org。', { emails: 'strip' }, '邮箱 。'],
	['#NLP is #1; #话题#今天 a#b C# #2024nlp', { hashtags: 'strip' }, 'is #1; 今天 a#b c#'],
	['hi @user_1, @张三 and @a@b.social; 5 @ 3', { mentions: 'strip' }, 'hi , and ; 5 @ 3'],
	['$1,000.50 in 2024年, B2B 3rd 5kg -5% 1.2.3 ٣', { numbers: { as: '0' } }, '$0 in 0年, b2b 3rd 5kg -0% 0 0'],
	['a👨‍👩‍👧b 🇩🇪🇫🇷 1️⃣ ❤️ ☺ 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 © ™ 5', { emoji: 'strip' }, 'a b © ™ 5'],
	['ok 👍🏽👍', { emoji: { as: ' EMOJI ' } }, 'ok EMOJI EMOJI'],
	["Don't! I'm sure they'd've; won’t, can't", { contractions: 'expand' }, 'do not! i am sure they would have; will not, cannot'],
	["John's dogs' o'clock rock'n'roll isn'ts", { contractions: 'expand' }, "john's dogs' o'clock rock'n'roll isn'ts"],
	["It's 'TIS SHOULDN'T Y'all", { contractions: 'expand', lowercase: false }, 'It is IT IS SHOULD NOT You all'],
	['Soooo cooool!!!! 1000000 哈哈哈哈 𠮷𠮷𠮷', { repeats: 2 }, 'soo cool!! 1000000 哈哈 𠮷𠮷'],
	["Well-known: don't, 3.50—U.S. 'x' 你好，世界！ a_b $5", { punctuation: 'strip' }, 'well known don t 3 50 u s x 你好 世界 a b 5'],
	["Well-known: don't, 3.50—U.S. 'x' 你好，世界！", { punctuation: 'outer' }, "well-known don't 3.50 u s x 你好 世界"],
	['Fur, 5 wolves! é', { only: 'a-z' }, 'fur wolves'],
	['Fur, 5 wolves! é', { only: 'a-z0-9' }, 'fur 5 wolves'],
	['x-ray, a^b', { only: '-^a-z' }, 'x-ray a^b'],
	['设计A1，好！', { only: '\\p{Script=Han}' }, '设计 好'],
	['The US, us, USA and C++', { keep: ['US', 'C++'] }, 'the US, us, usa and C++'],
	['cafe\u0301 é', { normalize: 'NFD' }, 'cafe\u0301 e\u0301'],
	['ﬁne é ２', { normalize: 'NFKD' }, 'fine e\u0301 2'],
	['À é', { accents: 'strip', normalize: 'NFKD' }, 'a e'],
	['a \ufdd0b\ufdef', {}, 'a b'],
];

/** Options that meet: each is as it would be if the other were not there. */
const together: [text: string, options: CleanOptions, expected: string][] = [
	['@http://x.org/@me @www.x.org me@x.org @you', { mentions: 'strip' }, '@http://x.org/@me @www.x.org me@x.org'],
	['@http://x.org/@me @you', { mentions: 'strip', urls: { as: 'URL' } }, '@URL'],
	['http://x.org/5 and 5', { numbers: 'strip' }, 'http://x.org/5 and'],
	['one<br />two.<br/>@me<br>#3', { punctuation: 'strip', mentions: 'strip' }, 'one two 3'],
	['&lt;b&gt;bold&lt;/b&gt; &amp;lt;i&amp;gt; 5 &lt; 6', { punctuation: 'strip', repair: true }, 'bold lt i gt 5 6'],
	['&lt;b&gt;bold&lt;/b&gt; &amp;lt;i&amp;gt;', { punctuation: 'strip' }, 'b bold b lt i gt'],
	['&#64;user &#x1F600;!', { mentions: 'strip', emoji: 'strip' }, '!'],
	['hi 👨‍👩‍👧! 🇩🇪🇫🇷 1️⃣ ❤️ ©', { punctuation: 'strip', accents: 'strip', repeats: 1 }, 'hi 👨‍👩‍👧 🇩🇪🇫🇷 1️⃣ ❤️'],
	['1️⃣ 2 3️⃣', { numbers: 'strip' }, '1️⃣ 3️⃣'],
	['aaa www.aaa.org http:///aaaa me@aaa.org', { repeats: 1 }, 'a www.aaa.org http:///aaaa me@aaa.org'],
	['See http://x.org/A_b, now!', { urls: 'whole', punctuation: 'strip' }, 'see http://x.org/A_b now'],
	['See http://x.org/A_b', { punctuation: 'strip' }, 'see http x org a b'],
	['At http://x.org 5!', { urls: { as: '<URL>' }, numbers: { as: '<5>' }, punctuation: 'strip', only: 'a-z' }, 'at <URL> <5>'],
	["Can't won't!", { contractions: 'expand', punctuation: 'strip' }, 'cannot will not'],
	['C++ and C++11, #1', { keep: ['C++', '#1'], punctuation: 'strip', numbers: 'strip' }, 'C++ and C++ #1'],
	['CAFE\u0301 É', { keep: ['CAFÉ'], accents: 'strip' }, 'CAFÉ e'],
	['http://x.org/US US', { keep: ['US'], urls: 'strip' }, 'US'],
];

describe('clean', () => {
	it.each(alone)('alone: %j %j', (text, options, expected) => {
		expect(cleanText(text, options)).toBe(expected);
	});

	it.each(together)('together: %j %j', (text, options, expected) => {
		expect(cleanText(text, options)).toBe(expected);
	});

	it.each([
		[{ keep: [''] }, "clean: expected keep to be an array of texts that are not empty, got [ '' ]."],
		[{ keep: 'US' }, "clean: expected keep to be an array of texts that are not empty, got 'US'."],
		[{ repeats: 0 }, 'clean: expected repeats to be false or a whole number from 1 to 100, got 0.'],
		[{ only: ']' }, 'clean: expected only to be characters and ranges such as \'a-z0-9\', got "]"'],
		[{ only: 'z-a' }, 'clean: expected only to be characters and ranges such as \'a-z0-9\', got "z-a": '],
		[{ only: '' }, "clean: expected only to be characters and ranges such as 'a-z0-9', or false, got ''."],
		[{ urls: {} }, "clean: expected urls to be one of 'keep', 'strip', 'whole', { as: 'text' }, got {}."],
		[{ numbers: null }, 'clean: expected numbers to be one of '],
		[{ html: 'no' }, "clean: expected html to be true or false, got 'no'."],
	])('refuses %j', (options, message) => {
		expect(() => clean(options as never)).toThrow(message);
	});

	it('takes undefined for what is not given', () => {
		expect(cleanText('A <b>b</b>', { html: undefined, urls: undefined } as never)).toBe('a b');
	});
});

/** Every option by itself, and all of them. */
const each: CleanOptions[] = [
	{},
	{ urls: 'strip' },
	{ emails: 'strip' },
	{ hashtags: 'strip' },
	{ mentions: 'strip' },
	{ emoji: 'strip' },
	{ numbers: { as: '0' } },
	{ contractions: 'expand' },
	{ repeats: 2 },
	{ punctuation: 'strip' },
	{ punctuation: 'outer' },
	{ only: 'a-z' },
	{ accents: 'strip', normalize: 'NFKD' },
	{ keep: ['US', 'C++', '__proto__'] },
	{
		urls: 'whole',
		emails: { as: 'x' },
		hashtags: 'strip',
		mentions: 'strip',
		numbers: { as: '0' },
		contractions: 'expand',
		repeats: 2,
		punctuation: 'outer',
		accents: 'strip',
		keep: ['US'],
	},
];

describe.each(each)('any text, cleaned by %j', (options) => {
	const stage = clean(options);
	const run = (text: string) => stage.apply([{ text }])[0]!.text;

	it('is tidy', () => {
		const pieces = [
			'a',
			'@',
			'#',
			'US',
			'http://',
			'www.',
			'.',
			"'",
			't',
			'1',
			'👍',
			'🏽',
			'\u200d',
			'🇩',
			'\ufe0f',
			'\u20e3',
			'好',
			'\0',
			'\ufdd0',
			'\ud83d',
			'<br />',
			'&amp;',
			'\\',
			' ',
			'\u0301',
			'İ',
		];
		const text = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join('')),
		);
		fc.assert(
			fc.property(text, (text) => {
				const out = run(text);
				expect(out).toBe(out.trim());
				expect(out).not.toMatch(/\s\s|\p{Cc}|\p{Cs}|[\ufdd0-\ufdef]/u);
				if (options.punctuation === 'strip') expect(out.replaceAll(/[#*]\ufe0f?\u20e3|[^\0-\u036f]/gu, '')).not.toMatch(/[!-/:-@[-`{-~]/);
				if (options.only) expect(out).toMatch(/^[a-z ]*$/);
			}),
		);
		for (const text of ['', ' ', 'constructor', '__proto__', 'toString', '\ud800', '\0']) expect(typeof run(text)).toBe('string');
		expect(run('constructor toString')).toMatch(/^constructor tostring$/);
	});

	// Quadratic time would take hours here, and end in the timeout; a pattern of unbounded repetition overflows its stack.
	it('takes linear time, and 10 MB without white space', () => {
		for (const unit of [
			'a',
			'1',
			'.',
			'@',
			'#',
			'a@',
			'a.',
			'1.',
			'@a.',
			'#1',
			"a'",
			"n't",
			'www.',
			'http://',
			'好',
			'𠮷',
			'👍',
			'👍\u200d',
			'🇩',
			'🏽',
			'\u0301',
			'\0',
			'\ud83d',
			'-',
			'a-',
		]) {
			expect(typeof run(unit.repeat(100_000 / unit.length))).toBe('string');
			expect(typeof run(`a@${unit.repeat(100_000 / unit.length)}`)).toBe('string');
		}
		for (const unit of ['a', '\0', '.']) expect(typeof run(unit.repeat(10_000_000))).toBe('string');
	});
});
