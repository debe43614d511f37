import { fromJSON, type Labels, labels, toJSON } from 'textloom';
import { describe, expect, it } from 'vitest';

const docs = [{ label: 'World' }, { label: 'Business' }, { label: 'World' }, { label: 'Sports' }];

describe('labels', () => {
	it('sorts the classes and adds the target', async () => {
		const fitted = await labels().fit(docs);
		expect(fitted.names).toEqual(['Business', 'Sports', 'World']);
		expect(fitted.size).toBe(3);
		expect(fitted.apply([{ label: 'World', text: 'x' }])).toEqual([{ label: 'World', text: 'x', target: 2 }]);
		expect(fitted.indexOf('Sports')).toBe(1);
		expect(fitted.nameOf(0)).toBe('Business');
	});

	it('takes a fixed order, classes without documents included', async () => {
		const fitted = await labels({ order: ['World', 'Sports', 'Business', 'Sci/Tech'] }).fit(docs);
		expect(fitted.names).toEqual(['World', 'Sports', 'Business', 'Sci/Tech']);
		await expect(labels({ order: ['World', 'Sports'] }).fit(docs)).rejects.toThrow(
			"labels: expected one of World, Sports, got 'Business'.",
		);
	});

	it('says which labels it knows', async () => {
		const fitted = await labels().fit(docs);
		expect(() => fitted.apply([{ label: 'Foo' }])).toThrow(/^document 1: labels: expected one of Business, Sports, World, got 'Foo'\. /);
		expect(() => fitted.nameOf(3)).toThrow(/^labels: expected an index from 0 to 2, got 3/);
		const many = await labels().fit([...'abcdefghij'].map((label) => ({ label })));
		expect(() => many.indexOf('z')).toThrow(/one of a, b, c, d, e and 5 more, got 'z'/);
	});

	it('needs two classes', async () => {
		await expect(labels().fit([])).rejects.toThrow(/^labels: expected documents of at least two classes to fit on, got no documents\./);
		await expect(labels().fit([{ label: 'a' }, { label: 'a' }])).rejects.toThrow(/got 2 of the class 'a' only/);
		await expect(labels().fit([{ label: 1 as unknown as string }])).rejects.toThrow(
			/^document 1: labels: expected a text in the field "label", got 1/,
		);
		expect(() => labels({ order: ['a', 'a'] })).toThrow(TypeError);
	});

	it('comes back from its spec, through JSON', async () => {
		for (const options of [{}, { order: ['World', 'Sports', 'Business'] }]) {
			const fitted = await labels(options).fit(docs);
			const revived = fromJSON<Labels>(JSON.stringify(toJSON(fitted)));
			expect(revived.names).toEqual(fitted.names);
			expect(revived.spec).toEqual(fitted.spec);
		}
		const withState = (state: null | object) => fromJSON({ format: 2, stages: [{ stage: 'labels', options: {}, state: state as never }] });
		expect(() => withState({ names: ['a', 1] })).toThrow(
			'labels: expected state.names to hold at least two strings that differ, got ["a",1].',
		);
		expect(() => withState(null)).toThrow(TypeError);
	});
});
