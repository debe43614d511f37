// Counts of tokens that are too many to be held: how wrong they may be.
import fc from 'fast-check';
import { fromJSON, toJSON, type Vocabulary, vocabulary } from 'textloom';
import { describe, expect, it } from 'vitest';

const draw = fc.integer({ min: 0, max: 60 });
/** Some tokens are frequent, most are rare. */
const doc = fc.record({
	tokens: fc.array(
		fc.tuple(draw, draw, draw).map((all) => `w${Math.min(...all)}`),
		{ maxLength: 12 },
	),
});
const parts = fc.array(fc.array(doc, { maxLength: 12 }), { minLength: 1, maxLength: 4 });

describe('approximate', () => {
	it.each([1, 2, 5, 20])(
		'counts are too large by error at most, and that by tokens / (capacity + 1), in parts, too: capacity %d',
		(capacity) => {
			const { start, add, merge, finish } = vocabulary({ approximate: { capacity } }).tally!;
			fc.assert(
				fc.property(parts, (parts) => {
					const whole = start();
					for (const docs of parts) {
						const part = start();
						for (const doc of docs) add(part, [doc]);
						merge(whole, structuredClone(part));
					}
					const all = parts.flat().flatMap(({ tokens }) => tokens);
					const counts = new Map<string, number>();
					for (const token of all) counts.set(token, (counts.get(token) ?? 0) + 1);
					let fitted: Vocabulary;
					try {
						fitted = finish(whole);
					} catch {
						// Nothing there, or nothing that is certain.
						return;
					}
					expect(fitted.error).toBeLessThanOrEqual(all.length / (capacity + 1));
					for (const [token, count] of counts) {
						const id = fitted.idOf(token);
						if (id === 1) expect(count).toBeLessThanOrEqual(fitted.error);
						else {
							expect(count).toBeLessThanOrEqual(fitted.counts[id]!);
							expect(count).toBeGreaterThanOrEqual(fitted.counts[id]! - fitted.error);
						}
					}
					expect(fitted.size - 2).toBeLessThanOrEqual(2 * capacity);
				}),
			);
		},
	);

	it('is exact where all fit', async () => {
		const docs = [{ tokens: ['a', 'b', 'a', ''] }, { tokens: ['c', 'a'] }];
		const fitted = await vocabulary({ approximate: { capacity: 2 } }).fit(docs);
		expect(fitted.error).toBe(0);
		expect([fitted.tokens, fitted.counts]).toEqual([(await vocabulary().fit(docs)).tokens, (await vocabulary().fit(docs)).counts]);
	});

	it('finds what is frequent among what occurs once, and says how sure it is, also when it comes back', async () => {
		const docs = Array.from({ length: 3000 }, (_, n) => ({ tokens: [n % 3 ? 'often' : 'the', `rare${n}`, `once${n}`] }));
		const fitted = await vocabulary({ approximate: { capacity: 50 }, size: 4 }).fit(docs);
		expect(fitted.tokens.slice(2)).toEqual(['often', 'the']);
		expect(fitted.error).toBeGreaterThan(0);
		expect(fitted.error).toBeLessThanOrEqual(9000 / 51);
		expect(fitted.counts[2]! - fitted.error).toBeLessThanOrEqual(2000);
		const revived = fromJSON<Vocabulary>(JSON.stringify(toJSON(fitted)));
		expect(revived.error).toBe(fitted.error);
		expect(revived.spec).toEqual(fitted.spec);
	});
});
