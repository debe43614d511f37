// Patterns that come out of a file: they end, whatever they are, and a class of characters is no more than that.
import { chain, clean, fromJSON, regexp, toJSON } from 'textloom';
import { describe, expect, it } from 'vitest';

const saved = (options: object) => JSON.stringify({ format: 2, stages: [{ stage: 'regexp', options }] });
const hostile = `${'a'.repeat(40)}b`;

describe('a pattern out of a saved pipeline', () => {
	it.each(['(a+)+$', '(a|aa)+$', '(?<=^c(a+)+)b'])('%s: is ended with an error that says where', (pattern) => {
		const stage = fromJSON(saved({ pattern }));
		const docs = [{ text: 'fine' }, { text: hostile, file: 'texts.txt', line: 7 }];
		expect(() => stage.apply(docs)).toThrow(
			/^texts\.txt:7: regexp: expected the saved pattern \/.*\/u to be done in 2\.\d+ s, got no end\. Mend it: repetitions in repetitions backtrack\.$/,
		);
		// Texts on which it does not backtrack are cut, afterwards, too.
		expect(stage.apply([{ text: 'caab' }])).toHaveLength(1);
	});

	it('does what it did, lookbehind and names included', () => {
		const options = { pattern: '(?<=#)\\p{Script=Han}+|(?<word>[a-z]+)(?!\\d)', offsets: true } as const;
		const docs = [{ text: '#设计 abc a1' }, { text: '' }, { text: '#x' }];
		const stage = regexp(options);
		const back = fromJSON(JSON.stringify(toJSON(chain(stage))));
		expect(back.apply(docs)).toEqual(stage.apply(docs));
		expect(toJSON(back)).toEqual(toJSON(stage));
		expect(() => back.apply([{ text: 3 } as never])).toThrow('regexp');
	});
});

describe('the class of clean', () => {
	it.each(['a]|(a+)+$|[b', ']', 'a]', '\\\\]', '\\'])('%j is refused: it is more than a class', (only) => {
		expect(() => clean({ only })).toThrow("clean: expected only to be characters and ranges such as 'a-z0-9', got");
		expect(() => fromJSON(JSON.stringify({ format: 2, stages: [{ stage: 'clean', options: { only } }] }))).toThrow('expected only to be');
	});

	it('may have an escaped bracket', () => {
		expect(clean({ only: '\\]\\[a' }).apply([{ text: 'a] [b' }])).toEqual([{ text: 'a] [' }]);
	});
});
