// Learning from documents: what is told of it, what ends it, which document an error is at, and what a learner of several parts comes to.
import { collect, learner, map, pipe } from 'textloom';
import { describe, expect, it } from 'vitest';

const docs = Array.from({ length: 600 }, (_, n) => ({ n }));
const seen = map((doc: { n: number }) => ({ seen: doc.n >= 0 }), { stage: 'seen' });

/** How many documents there were: by a tally, and by a function. */
const learners = {
	'a tally': (most = Number.POSITIVE_INFINITY) =>
		learner(
			{
				start: () => ({ count: 0 }),
				add: (part, some: readonly { n: number }[]) => {
					for (const { n } of some) {
						if (n >= most) throw new RangeError('it is too large');
						part.count++;
					}
				},
				merge: (part, other) => {
					part.count += other.count;
				},
				finish: ({ count }) => map((doc: { n: number }) => ({ share: doc.n / count }), { stage: 'share', state: count }),
			},
			{ stage: 'share' },
		),
	'a function': () =>
		learner(
			async (some: AsyncIterable<{ n: number }>) => {
				let count = 0;
				for await (const _ of some) count++;
				return map((doc: { n: number }) => ({ share: doc.n / count }), { stage: 'share', state: count });
			},
			{ stage: 'share' },
		),
};

describe.each(Object.entries(learners))('learning by %s', (_, make) => {
	it('tells how many documents there were so far', async () => {
		const heard: number[] = [];
		const fitted = await make().fit(docs, { onProgress: ({ documents }) => heard.push(documents) });
		expect(heard).toEqual([256, 512, 600]);
		expect(fitted.spec.state).toBe(600);
	});

	it('ends where the signal says so, before the first document and between two chunks', async () => {
		const control = new AbortController();
		const read: number[] = [];
		const watched = pipe(docs, async function* (some) {
			for await (const doc of some) {
				read.push(doc.n);
				yield doc;
			}
		});
		const onProgress = ({ documents }: { documents: number }) => documents === 10 && control.abort(new Error('enough'));
		await expect(make().fit(watched, { signal: control.signal, onProgress })).rejects.toThrow('enough');
		expect(read.length).toBeLessThan(20);
		read.length = 0;
		await expect(make().fit(watched, { signal: control.signal })).rejects.toThrow('enough');
		expect(read).toEqual([]);
	});

	it('says which options it has', async () => {
		await expect(make().fit(docs, { onprogress: () => {} } as never)).rejects.toThrow(
			'share: expected an option that it has, got onprogress. Did you mean onProgress?',
		);
	});
});

it('an error in learning is at its document, wherever in the stream that is', async () => {
	await expect(learners['a tally'](300).fit(docs)).rejects.toThrow('document 301: share: it is too large');
	await expect(learners['a tally'](300).fit(pipe(docs, seen))).rejects.toThrow('document 301: share: it is too large');
});

it('what was learned leaves the documents as they are', async () => {
	const before = structuredClone(docs);
	const fitted = await learners['a tally']().fit(docs);
	expect(await collect(fitted(docs))).toEqual(docs.map(({ n }) => ({ n, share: n / 600 })));
	expect(docs).toEqual(before);
});
