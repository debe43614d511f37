// Documents of one's own as a corpus.
import { collect, corpusOf, documents } from 'textloom';
import { describe, expect, it } from 'vitest';

const docs = Array.from({ length: 60 }, (_, place) => ({ text: `${place}`, label: place % 3 === 0 ? 'rare' : 'often' }));

describe('corpusOf', () => {
	it('holds out the same share of each class, and never the first; the parts make the whole', async () => {
		const corpus = corpusOf(docs, { every: 5, seed: 3 });
		const [train, test] = [await collect(corpus.train()), await collect(corpus.test())];
		expect(test.map(({ label }) => label).sort()).toEqual([...Array(8).fill('often'), ...Array(4).fill('rare')]);
		expect([...train, ...test].sort((a, b) => +a.text - +b.text)).toEqual(docs);
		expect(train.slice(0, 2)).toEqual(docs.slice(0, 2));
		expect(await collect(corpusOf(docs, { every: 5, seed: 3 }).test())).toEqual(test);
		expect(await collect(corpusOf(docs, { every: 5, seed: 4 }).test())).not.toEqual(test);
	});

	it('says of what it is, and hands a corpus back', () => {
		const corpus = corpusOf(docs, { origin: 'tickets.csv', name: 'tickets' });
		expect([corpus.name, corpus.train().origin, corpus.test().origin]).toEqual([
			'tickets',
			'9 in 10 of tickets.csv',
			'1 in 10 of tickets.csv',
		]);
		expect(corpusOf(corpus)).toBe(corpus);
	});

	it('holds out of a corpus that was published without documents for testing, of whichever folder', async () => {
		const asked: unknown[] = [];
		const whole = {
			name: 'whole',
			train(folder?: string | null) {
				asked.push(folder);
				return Object.assign(documents(docs), { origin: 'a file', sample: false, counts: { read: 0, skipped: 0, replaced: 2 } });
			},
		};
		const corpus = corpusOf(whole, { every: 5, seed: 3 });
		expect([corpus.name, corpus.test('data').origin, corpus.train(null).counts?.replaced]).toEqual(['whole', '1 in 5 of a file', 2]);
		expect(asked).toEqual(['data', null]);
		expect(await collect(corpus.test())).toEqual(await collect(corpusOf(docs, { every: 5, seed: 3 }).test()));
	});

	it.each([
		[() => corpusOf(docs, { every: 1 }), /^corpusOf: expected every to be .*2.*, got 1/],
		[() => corpusOf(docs, { share: 0.1 } as object), /^corpusOf: .*share/],
		[() => corpusOf(5 as never), /^corpusOf: expected source/],
		[() => corpusOf(docs.values()), /^corpusOf: expected documents that can be read several times/],
	])('refuses what it cannot hold out from: %s', (make, message) => {
		expect(make).toThrow(message);
	});
});
