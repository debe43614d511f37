// What every extractor promises, whatever its method; and what of one each is refused.
import fc from 'fast-check';
import { fromJSON, keywords, tfidf, toJSON } from 'textloom';
import {
	type Extractor,
	idfTable,
	parseIdf,
	rakeKeywords,
	readIdf,
	textrankKeywords,
	tfidfKeywords,
	yakeKeywords,
} from 'textloom/keywords';
import { describe, expect, it } from 'vitest';

const docs = ['Storm closes the old harbour , Ferry crew sings .', 'The old harbour opens again .'].map((text) => ({
	tokens: text.split(' '),
}));
const fitted = await tfidf({ ngramRange: [1, 2] }).fit(docs);
const table = idfTable([
	['harbour', 3],
	['storm', 2],
	['constructor', 1],
]);

const makers: Record<string, (options: object) => Extractor> = {
	'tfidf by a corpus': (options) => tfidfKeywords(fitted, options),
	'tfidf by a table': (options) => tfidfKeywords(table, options),
	'TextRank, paper': textrankKeywords,
	'TextRank, jieba': (options) => textrankKeywords({ variant: 'jieba', tags: false, ...options }),
	'TextRank, summa': (options) => textrankKeywords({ variant: 'summa', ratio: 1, ...options }),
	RAKE: rakeKeywords,
	YAKE: yakeKeywords,
};

const word = fc.constantFrom(
	'Storm',
	'storm',
	'harbour',
	'the',
	'.',
	',',
	'…',
	'😀',
	'港口',
	'的',
	'x',
	'',
	' ',
	'constructor',
	'__proto__',
	'5',
	'U.S.',
	"don't",
);

describe.each(Object.entries(makers))('extractor %s', (_, make) => {
	const top = Number.POSITIVE_INFINITY;
	const lowerIsBetter = make({}).method === 'yake';

	it('gives keywords once each, best first, with rising places inside the document, the same each time', () => {
		fc.assert(
			fc.property(fc.array(word, { maxLength: 30 }), (tokens) => {
				const found = make({ top, stopwords: ['the'] }).extract({ tokens });
				expect(new Set(found.map(({ keyword }) => keyword)).size).toBe(found.length);
				for (const [i, { keyword, score, positions }] of found.entries()) {
					expect(keyword).toMatch(/[\p{L}\p{N}😀_…]/u);
					expect(keyword.toLowerCase()).not.toBe('the');
					expect(Number.isFinite(score)).toBe(true);
					if (i > 0) expect(Math.sign(found[i - 1]!.score - score)).not.toBe(lowerIsBetter ? 1 : -1);
					expect(positions.length).toBeGreaterThan(0);
					expect([...positions]).toEqual([...new Set(positions)].sort((a, b) => a - b));
					for (const place of positions) expect(tokens[place]).toBeDefined();
				}
				expect(make({ top, stopwords: ['the'] }).extract({ tokens })).toEqual(found);
				expect(make({ top: 2, stopwords: ['the'] }).extract({ tokens })).toEqual(found.slice(0, 2));
			}),
		);
	});

	it('has none for nothing, for marks alone and for stop words alone', () => {
		for (const tokens of [[], ['.'], ['.', '…', '!', ','], [''], ['the', 'The', 'the']]) {
			expect(make({ stopwords: ['the'] }).extract({ tokens })).toEqual([]);
		}
	});

	it('takes a text of one character', () => {
		for (const tokens of [['x'], ['港'], ['😀']]) expect(make({}).extract({ tokens }).length).toBeLessThan(2);
	});

	it('leaves its input as it is', () => {
		const tokens = Object.freeze([...docs[0]!.tokens]) as string[];
		expect(make({}).extract(Object.freeze({ tokens })).length).toBeGreaterThan(0);
	});

	it('revives from JSON with the same keywords', () => {
		for (const options of [{}, { top, stopwords: false }, { top: 1, stopwords: new Set(['storm', 'old']) }]) {
			const stage = keywords(make(options));
			const again = fromJSON(JSON.stringify(toJSON(stage)));
			expect(again.apply(docs)).toEqual(stage.apply(docs));
			expect(toJSON(again)).toEqual(toJSON(stage));
		}
	});

	it('refuses options that it does not have, and languages without a list', () => {
		expect(() => make({ topp: 5 })).toThrow(/^\w+Keywords: expected an option that it has, got topp\. Did you mean top\?$/);
		expect(() => make({ top: 0 })).toThrow(/^\w+Keywords: expected top to be a whole number from 1, got 0\./);
		expect(() => make({ stopwords: 5 })).toThrow(/^\w+Keywords: expected stopwords to be the code of a language/);
		expect(() => make({ stopwords: 'tlh' })).toThrow(/^stopwords: expected language to be one of [^\n]+, got 'tlh'\. Take another/);
	});
});

describe('keywords by tfidf', () => {
	it('of a corpus have its weights, n-grams too, ties by place', () => {
		const found = tfidfKeywords(fitted, { stopwords: 'en', top: 100 }).extract(docs[1]!);
		const weights = fitted.weights(docs[1]!.tokens);
		const inPlace = ['old', 'old harbour', 'harbour', 'harbour opens', 'opens'];
		expect(found.map(({ keyword }) => keyword)).toEqual(inPlace.sort((a, b) => weights.get(b)! - weights.get(a)!));
		for (const { keyword, score } of found) expect(score).toBe(weights.get(keyword));
		expect(found.find(({ keyword }) => keyword === 'old harbour')!.positions).toEqual([1]);
		expect(found.map(({ keyword }) => keyword)).not.toContain('The old');
	});

	it('of a table know what the table does not have by its median', () => {
		const found = tfidfKeywords(table).extract({ tokens: ['zeppelin', 'storm', 'constructor', 'harbour', 'storm'] });
		expect(found).toEqual([
			{ keyword: 'storm', score: 2 * (2 / 5), positions: [1, 4] },
			{ keyword: 'harbour', score: 3 / 5, positions: [3] },
			{ keyword: 'zeppelin', score: 2 / 5, positions: [0] },
			{ keyword: 'constructor', score: 1 / 5, positions: [2] },
		]);
	});

	it('read idf files, and say which line is none', async () => {
		expect(parseIdf('storm 2.5\r\n\n港口 7\n').values).toEqual(Float64Array.of(2.5, 7));
		expect(parseIdf('a 1\nb 3\nc 2').median).toBe(2);
		expect(parseIdf('a 1\nb 3').median).toBe(3);
		for (const bad of ['storm', 'storm x', ' 5', 'two words 5']) {
			expect(() => parseIdf(`the 1\n${bad}`, 'own.txt')).toThrow(
				/^own\.txt:2: expected a word, a space and a number, got ".*"\. Correct the line\.$/,
			);
		}
		expect(() => parseIdf('')).toThrow('idfTable: expected at least one word with its idf, got none.');
		await expect(readIdf('')).rejects.toThrow(/^readIdf: expected path/);
	});

	it('need a table or what was fitted, and tags where these are asked', () => {
		expect(() => tfidfKeywords(undefined as never)).toThrow('tfidfKeywords: expected a fitted tfidf() or a table of idf, got undefined.');
		expect(() => tfidfKeywords(table, { tags: ['n'] }).extract({ tokens: ['storm'] })).toThrow(
			/^tfidfKeywords: expected a document with tags, one for each token, got nothing\./,
		);
		expect(() => textrankKeywords({ variant: 'jieba' }).extract({ tokens: ['storm'], tags: [] })).toThrow(
			/^textrankKeywords: expected a document with tags, one for each token, got 0 for 1 tokens\./,
		);
	});
});

describe('the stage', () => {
	it('refuses what is no extractor, and methods that it does not know', () => {
		expect(() => keywords({} as never)).toThrow(/^keywords: expected extractor to be a keyword extractor, got \{\}\. Make it with/);
		const saved = JSON.stringify(toJSON(keywords(rakeKeywords()))).replace('"rake"', '"constructor"');
		expect(() => fromJSON(saved)).toThrow(/keywords: expected one of the methods tfidf, textrank, rake, yake, got "constructor"/);
	});

	it('is no JSON with a similarity of words', () => {
		expect(() => toJSON(keywords(textrankKeywords({ similarity: () => 1 })))).toThrow(/^toJSON: /);
	});

	it('says which options have no effect', () => {
		expect(() => textrankKeywords({ variant: 'jieba', ratio: 0.5 })).toThrow('textrankKeywords: expected no ratio with the variant jieba');
		expect(() => textrankKeywords({ similarity: () => 1, window: 2 })).toThrow(
			'textrankKeywords: expected window or similarity, got both.',
		);
	});
});
