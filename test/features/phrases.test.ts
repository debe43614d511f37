// Phrases against gensim, collocations against NLTK.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
	chain,
	collect,
	collocations,
	englishConnectors,
	fromJSON,
	type Phrases,
	type PhrasesOptions,
	parallel,
	phrases,
	pipe,
	type Scoring,
	toJSON,
	whitespace,
} from 'textloom';
import { describe, expect, it } from 'vitest';
import { testRefusals } from '../refusals.js';

interface Golden {
	made_by: string;
	documents: string[][];
	unseen: string[][];
	connectors: string[];
	cases: { options: PhrasesOptions; joined: string[][]; phrases: Record<string, number>; found: Record<string, number> }[];
	chained: { first: PhrasesOptions; second: PhrasesOptions; joined: string[][] }[];
	collocations: Record<Scoring, [[string, string], number][]>;
}
const golden: Golden = JSON.parse(readFileSync(new URL('../golden/features/phrases.json', import.meta.url), 'utf8'));
const docs = golden.documents.map((tokens) => ({ tokens }));
const shown = [...golden.documents.slice(0, 30), ...golden.unseen];
const few = [{ tokens: ['new', 'york', 'of', 'new', 'york'] }, { tokens: ['new', 'york', '', '', 'york'] }];

describe(`phrases as ${golden.made_by}`, () => {
	it.each(golden.cases)('$options', async ({ options, joined, phrases: theirs, found }) => {
		const fitted = await phrases(options).fit(docs);
		expect(shown.map(fitted.join)).toEqual(joined);
		const ours = fitted.phrases();
		// gensim cuts at each delimiter to list phrases: those of `__proto__` are lost there, not where it joins.
		const whole = ours.filter(({ words }) => !words.some((word) => word.includes(options.delimiter ?? '_')));
		expect(whole.map(({ phrase }) => phrase).sort()).toEqual(Object.keys(theirs).sort());
		const scores = new Map(ours.map(({ phrase, score }) => [phrase, score]));
		for (const [phrase, score] of Object.entries({ ...theirs, ...found })) expect(scores.get(phrase)! / score).toBeCloseTo(1, 12);
		expect(ours.map(({ score }) => score)).toEqual(ours.map(({ score }) => score).sort((a, b) => b - a));
	});

	it.each(golden.chained)('phrases of phrases: $first, then $second', async ({ first, second, joined }) => {
		const both = await chain(phrases(first), phrases(second)).fit(docs);
		expect(both.apply(shown.map((tokens) => ({ tokens }))).map(({ tokens }) => tokens)).toEqual(joined);
	});

	it('has its English connectors', () => {
		expect([...englishConnectors].sort()).toEqual(golden.connectors);
	});
});

describe('phrases', () => {
	it('lists words and counts', async () => {
		const fitted = await phrases({ minCount: 1, threshold: 0.5 }).fit(few);
		const size = 4 + 6;
		expect(fitted.phrases()).toEqual([
			{ phrase: 'new_york', words: ['new', 'york'], score: (2 / 12) * size, count: 3, first: 3, second: 4 },
		]);
		expect(fitted.size).toBe(1);
		expect(fitted.apply([{ tokens: ['new', 'york', 'new'] }])).toEqual([{ tokens: ['new_york', 'new'] }]);
	});

	it('takes odd words, the empty one, too', async () => {
		const tokens = ['constructor', '__proto__', '', 'constructor', '__proto__', ''];
		const fitted = await phrases({ minCount: 1, threshold: 0.1 }).fit([{ tokens }, { tokens: ['toString'] }]);
		expect(fitted.join(tokens)).toEqual(['constructor___proto__', '', 'constructor___proto__', '']);
	});

	it('spans offsets', async () => {
		const text = 'in new york at last';
		const fitted = await phrases({ minCount: 1, threshold: 0.5 }).fit(few);
		const [doc] = await collect(pipe([{ text }], whitespace({ offsets: true }), fitted));
		expect(doc!.offsets.map(([start, end]) => text.slice(start, end))).toEqual(['in', 'new york', 'at', 'last']);
	});

	it('does the same through JSON', async () => {
		for (const options of [
			{ minCount: 1, threshold: 1 },
			{ connectors: golden.connectors, threshold: 2, delimiter: ' ' },
		]) {
			const fitted = await phrases(options).fit(docs);
			const revived = fromJSON<Phrases>(JSON.stringify(toJSON(fitted)));
			expect(revived.phrases()).toEqual(fitted.phrases());
			expect(shown.map(revived.join)).toEqual(shown.map(fitted.join));
		}
	});

	it('is the same however the documents are shared', async () => {
		const word = fc.constantFrom('a', 'b', 'c', 'of', 'the', 'a_b', '');
		const parts = fc.array(fc.array(fc.record({ tokens: fc.array(word, { maxLength: 8 }) }), { maxLength: 6 }), {
			minLength: 1,
			maxLength: 4,
		});
		const learner = phrases({ minCount: 1, threshold: 0.2, connectors: ['of', 'the'] });
		const { start, add, merge, finish } = learner.tally!;
		await fc.assert(
			fc.asyncProperty(parts, async (parts) => {
				const whole = start();
				for (const docs of parts) {
					const part = start();
					add(part, docs);
					// As it travels between threads.
					merge(whole, structuredClone(part));
				}
				const result = async (work: () => Phrases | Promise<Phrases>) => {
					try {
						return toJSON(await work());
					} catch (error) {
						return (error as Error).message;
					}
				};
				expect(await result(() => finish(whole))).toEqual(await result(() => learner.fit(parts.flat())));
			}),
		);
	});

	it('is learned in threads', async () => {
		const texts = golden.documents.map((tokens) => ({ text: tokens.join(' ') }));
		const learner = phrases({ minCount: 2, threshold: 1, connectors: golden.connectors });
		const shared = await learner.fit(pipe(texts, parallel(whitespace(), { workers: 2 })));
		expect(toJSON(shared)).toEqual(toJSON(await learner.fit(docs)));
	});

	it('gives the words back, whatever is joined', async () => {
		const fitted = await phrases({ minCount: 1, threshold: 1, connectors: golden.connectors, delimiter: ' ' }).fit(docs);
		const word = fc.constantFrom(...new Set(golden.documents.flat()), 'unseen');
		fc.assert(
			fc.property(fc.array(word), (tokens) => {
				expect(fitted.join(tokens).join(' ')).toBe(tokens.join(' '));
			}),
		);
	});

	it('says so when it has nothing to learn from', async () => {
		await expect(phrases().fit([{ tokens: [] }])).rejects.toThrow(/^phrases: expected documents with tokens to fit on, got none\./);
	});

	it.each([[null], [{ phrases: [['a', 'b']], scores: [1] }], [{ phrases: [['a']], scores: { numbers: 's' }, counts: { numbers: 'c' } }]])(
		'refuses the state %j',
		(state) => {
			const zeros = (length: number) => ({ array: 'Float64Array', base64: Buffer.alloc(8 * length).toString('base64') });
			const revived = () =>
				fromJSON({ format: 2, stages: [{ stage: 'phrases', options: {}, state: state as never }], numbers: { s: zeros(1), c: zeros(3) } });
			expect(revived).toThrow(/^phrases: expected a state .*, got .*\. Save the pipeline again/);
		},
	);
});

describe(`collocations as ${golden.made_by}`, () => {
	it.each(Object.entries(golden.collocations))('by %s', async (by, theirs) => {
		const ours = await collocations(docs, { by: by as Scoring });
		const scores = new Map(theirs.map(([words, score]) => [words.join(' '), score]));
		expect(ours).toHaveLength(theirs.length);
		for (const { words, score } of ours) expect(score).toBeCloseTo(scores.get(words.join(' '))!, 8);
		// Scores that differ by rounding alone may change places.
		for (const [place, { score }] of ours.entries()) expect(score).toBeCloseTo(theirs[place]![1], 8);
	});

	it('takes the best, of pairs that are frequent enough', async () => {
		const [best, ...more] = await collocations(docs, { by: 'npmi', minCount: 20, top: 3 });
		expect(best!.count).toBeGreaterThanOrEqual(20);
		expect(best!.score).toBeGreaterThanOrEqual(more[0]!.score);
		expect(more).toHaveLength(2);
		await expect(collocations([{ tokens: 'a b' as never }])).rejects.toThrow('document 1: collocations: expected an array of texts');
	});
});

testRefusals({
	phrases: {
		refuses: [
			[() => phrases({ minCount: 0 }), 'phrases: expected minCount to be a whole number from 1, got 0.'],
			[() => phrases({ threshold: 0 }), 'phrases: expected a threshold above 0 for default, got 0. Leave it out for 10.'],
			[
				() => phrases({ threshold: 2, scoring: 'npmi' }),
				'phrases: expected a threshold from -1 to 1 for npmi, got 2. Leave it out for 0.5.',
			],
			[
				() => phrases({ scoring: 'mi' as 'pmi' }),
				"phrases: expected scoring to be one of 'default', 'npmi', 'pmi', 'logLikelihood', got 'mi'.",
			],
			[() => phrases({ connectors: 'of' as never }), "phrases: expected connectors to be an array of texts, got 'of'."],
			[() => phrases({ threshold: Number.NaN }), 'phrases: expected threshold to be a number, got NaN.'],
		],
	},
});
