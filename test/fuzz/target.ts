// What a fuzz target is: nonsense in, and what must hold of the answer. fast-check makes the inputs and shrinks the one that fails.
import fc from 'fast-check';

/** A property that any input must have. Throwing anything, or not ending, is a failure. */
export interface Target {
	readonly name: string;
	readonly property: fc.IAsyncProperty<unknown>;
}

/** A target of an arbitrary and a check, which may be asynchronous. */
export function target<T>(name: string, inputs: fc.Arbitrary<T>, check: (input: T) => unknown): Target {
	const property = fc.asyncProperty(inputs, async (input) => {
		await check(input);
	});
	return { name, property: property as fc.IAsyncProperty<unknown> };
}

/** Throws with `what` and both values where they differ as JSON. */
export function same(what: string, got: unknown, expected: unknown): void {
	const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
	if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

/** Throws with `what` unless `holds`. */
export function must(what: string, holds: boolean): asserts holds {
	if (!holds) throw new Error(what);
}

/** Text of the characters that parsers trip over. */
export const oddText = fc
	.array(
		fc.oneof(
			{ weight: 6, arbitrary: fc.constantFrom('a', 'bc', ' ', ',', '"', '\n', '\r\n', '\r', '\\', '{', '}', '[', ']', ':', '0', '-', '.') },
			{
				weight: 2,
				arbitrary: fc.constantFrom('é', '中', '𝒳', '\ud800', '\udc00', '\0', '\ufeff', '\u2028', '\u200d', '👩‍👩‍👧', '🇫🇷', 'e\u0301', 'İ'),
			},
			{
				weight: 2,
				arbitrary: fc.constantFrom(
					'<b>',
					'</',
					'&amp;',
					'&#x0;',
					'&#1114112;',
					'<!--',
					'http://x.y/z',
					'a@b.co',
					'#tag',
					"don't",
					'１２',
					'constructor',
					'__proto__',
				),
			},
			{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
		),
		{ maxLength: 40 },
	)
	.map((parts) => parts.join(''));

/** A change of bytes: at a share of the length, so many bytes are replaced by others. */
const edit = fc.record({
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	remove: fc.integer({ min: 0, max: 4 }),
	insert: fc.uint8Array({ maxLength: 4 }),
});

/** The bytes after up to three changes, or cut off, or both. */
export function damaged(bytes: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
	const share = fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true }));
	return fc.tuple(bytes, fc.array(edit, { maxLength: 3 }), share).map(([whole, edits, keep]) => {
		let changed = whole.subarray(0, Math.round(whole.length * keep));
		for (const { at, remove, insert } of edits) {
			const from = Math.round(at * changed.length);
			changed = Buffer.concat([changed.subarray(0, from), insert, changed.subarray(from + remove)]);
		}
		return changed;
	});
}
