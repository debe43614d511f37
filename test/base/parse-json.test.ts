// JSON of files that somebody else may have written.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../dist/src/base/parse-json.js';

const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;

describe('parseJson', () => {
	it('reads what JSON.parse reads', () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				expect(parseJson(text)).toEqual(JSON.parse(text));
			}),
		);
		for (const text of ['"[[[\\"[["', '"\\\\"', '["a]","}"]', nested(500), `[${'[],'.repeat(100_000)}[]]`]) {
			expect(parseJson(text)).toEqual(JSON.parse(text));
		}
	});

	it.each(['', '{', '"a', '"a\\', '[1]]', '{"a" 1}', '\\'])('refuses what is no JSON: %s', (text) => {
		expect(() => parseJson(text)).toThrow(SyntaxError);
	});

	it('refuses what nests deeper than any data', () => {
		expect(() => parseJson(nested(502))).toThrow('brackets nest deeper than 500');
		expect(() => parseJson('['.repeat(300_000))).toThrow('brackets nest deeper than 500');
		// Brackets in strings are none.
		expect(parseJson(JSON.stringify('['.repeat(1000)))).toBe('['.repeat(1000));
	});
});
