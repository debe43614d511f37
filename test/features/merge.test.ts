// What workers count apart, put together, is what one counts of all documents.
import fc from 'fast-check';
import { labels, tfidf, toJSON, vocabulary } from 'textloom';
import { expect, it } from 'vitest';

const word = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor', '');
const doc = fc.record({ tokens: fc.array(word, { maxLength: 6 }), label: fc.constantFrom('x', 'y', 'z') });
/** Documents that tell any two counts apart by the order of the vocabulary, in up to four parts. */
const parts = fc.array(fc.array(doc, { maxLength: 8 }), { minLength: 1, maxLength: 4 });

it.each([
	['vocabulary', () => vocabulary({ minCount: 2 })],
	['vocabulary of few', () => vocabulary({ size: 4 })],
	['tfidf', () => tfidf()],
	['labels', () => labels()],
])('%s', async (_, make) => {
	const { fit, tally } = make() as unknown as {
		fit(docs: readonly object[]): Promise<Parameters<typeof toJSON>[0]>;
		tally: {
			start(): unknown;
			add(part: unknown, docs: readonly object[], first: number): void;
			merge(part: unknown, other: unknown): void;
			finish(part: unknown): Parameters<typeof toJSON>[0];
		};
	};
	const result = async (work: () => Promise<Parameters<typeof toJSON>[0]>) => work().then(toJSON, (error: Error) => error.message);
	await fc.assert(
		fc.asyncProperty(parts, async (parts) => {
			const whole = tally.start();
			for (const docs of parts) {
				const part = tally.start();
				tally.add(part, docs, 0);
				tally.merge(whole, part);
			}
			expect(await result(async () => tally.finish(whole))).toEqual(await result(() => fit(parts.flat())));
		}),
	);
});
