import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { collect, estimatedJaccard, fromJSON, mergedSignature, minhash, parallel, pipe, toJSON } from 'textloom';
import { describe, expect, it } from 'vitest';

interface Golden {
	documents: string[][];
	shingle: number;
	jaccard: number[][];
}
const golden: Golden = JSON.parse(readFileSync(new URL('../../golden/features/near.json', import.meta.url), 'utf8'));

/** Two documents with so many distinct tokens in both, and so many in each alone. */
const pairOf = (shared: number, own: number, name: string) =>
	['a', 'b'].map((side) =>
		Array.from({ length: shared + own }, (_, i) => (i < shared ? `${name} shared ${i}` : `${name} ${side} ${i}`)),
	) as [string[], string[]];

describe('minhash', () => {
	// Of short and long documents: where few shingles fill the bins in many rounds, and where many do in one.
	it.each([
		[1, 1, 128],
		[3, 1, 128],
		[4, 8, 64],
		[20, 5, 128],
		[50, 100, 128],
		[90, 5, 128],
		[400, 50, 128],
		[1000, 1000, 100],
	])('estimates the similarity of %i shared and 2 · %i other tokens by %i numbers, without bias', (shared, own, permutations) => {
		const exact = shared / (shared + 2 * own);
		const runs = 400;
		let sum = 0;
		let squares = 0;
		for (let seed = 0; seed < runs; seed++) {
			const [a, b] = pairOf(shared, own, `pair ${seed % 20}`);
			const { signature } = minhash({ shingle: 1, permutations, seed });
			const error = estimatedJaccard(signature(a), signature(b)) - exact;
			sum += error;
			squares += error * error;
		}
		const variance = (exact * (1 - exact)) / permutations;
		expect(Math.abs(sum / runs)).toBeLessThan(4 * Math.sqrt(variance / runs));
		// The mean of 400 squares has a relative standard error of √(2/400) = 0.07.
		expect(squares / runs).toBeLessThan(1.3 * variance);
	});

	it('estimates the similarities of texts', () => {
		const { signature } = minhash({ shingle: golden.shingle });
		const signatures = golden.documents.map(signature);
		golden.jaccard.forEach((row, i) => {
			row.forEach((exact, j) => {
				const estimate = estimatedJaccard(signatures[i]!, signatures[j]!);
				if (exact === 0 || exact === 1) expect(estimate).toBe(exact);
				else expect(Math.abs(estimate - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 128));
			});
		});
	});

	it('depends on the set of shingles alone', () => {
		const { signature } = minhash({ shingle: 1, permutations: 32 });
		const tokens = fc.array(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 40 });
		fc.assert(
			fc.property(tokens, tokens, (a, b) => {
				const union = signature([...a, ...b]);
				expect(signature([...new Set([...b, ...a])])).toEqual(union);
				expect(mergedSignature(signature(a), signature(b))).toEqual(union);
			}),
			{ numRuns: 150 },
		);
	});

	it('tells runs of tokens apart by their order and their cuts', () => {
		const { signature } = minhash({ shingle: 2 });
		const alike = (a: string[], b: string[]) => estimatedJaccard(signature(a), signature(b));
		expect(alike(['a', 'b'], ['b', 'a'])).toBe(0);
		expect(alike(['ab', 'c'], ['a', 'bc'])).toBe(0);
		expect(alike(['a', 'b', 'a', 'b'], ['b', 'a', 'b', 'a'])).toBe(1);
		expect(alike(['a'], ['a', 'a'])).toBe(0);
		expect(alike(['a', 'a', 'a'], ['a', 'a'])).toBe(1);
	});

	it('takes documents that are empty, that have one token, and odd words', () => {
		const { signature } = minhash();
		const empty = signature([]);
		expect([...new Set(empty)]).toEqual([2 ** 31 - 1]);
		expect(estimatedJaccard(empty, empty)).toBe(1);
		const odd = ['', ' ', '\0', 'constructor', '__proto__', 'toString', '\ud800', '\udc00', '😀', '漢', 'a'].map((token) =>
			signature([token]),
		);
		odd.forEach((one, i) => {
			expect(one.every((number) => number < 2 ** 31 - 1)).toBe(true);
			expect(estimatedJaccard(one, empty)).toBe(0);
			expect(odd.map((other) => estimatedJaccard(one, other))).toEqual(odd.map((_, j) => (i === j ? 1 : 0)));
		});
		for (const permutations of [1, 2, 3, 4096]) expect(minhash({ permutations }).signature(['a', 'b'])).toHaveLength(permutations);
	});

	it('compares texts by their characters', () => {
		const { signature } = minhash({ on: 'text', shingle: 3 });
		const alike = (a: string, b: string) => estimatedJaccard(signature(a), signature(b));
		expect(alike('harbour', 'harbour')).toBe(1);
		// har arb rbo bou our, har arb rbo bor: 3 of 6.
		expect(Math.abs(alike('harbour', 'harbor') - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 128));
		expect(alike('渡轮离开了码头', '今天天气很好')).toBe(0);
		// A pair of code units is one character: one run of three, not two.
		expect(alike('😀😁😂', '😀😁😂😃')).toBeGreaterThan(0.3);
		expect(alike('', '')).toBe(1);
		expect(alike('', 'a')).toBe(0);
	});

	it('gives these numbers, always: signatures are saved', () => {
		const tokens = ['the', 'ferry', 'left', 'the', 'harbour', '😀', '渡轮'];
		expect([...minhash({ permutations: 4 }).signature(tokens)]).toMatchInlineSnapshot(`
			[
			  75049809,
			  206920655,
			  1613689620,
			  66756103,
			]
		`);
		expect([...minhash({ permutations: 4, seed: 7, shingle: 1 }).signature(tokens)]).toMatchInlineSnapshot(`
			[
			  114852073,
			  262422911,
			  269293139,
			  258424242,
			]
		`);
		expect([...minhash({ permutations: 4, on: 'text' }).signature('the ferry')]).toMatchInlineSnapshot(`
			[
			  117653101,
			  824473309,
			  135115079,
			  397462496,
			]
		`);
	});

	it('is the same in threads, and from its spec', async () => {
		const docs = golden.documents.map((tokens) => ({ tokens }));
		const stage = minhash({ permutations: 16, seed: 3 });
		const here = stage.apply(docs);
		expect(here.map(({ signature }) => signature)).toEqual(docs.map(({ tokens }) => stage.signature(tokens)));
		expect(await collect(pipe(docs, parallel(stage, { workers: 2 })))).toEqual(here);
		expect((fromJSON(JSON.stringify(toJSON(stage))) as typeof stage).apply(docs)).toEqual(here);
	});
});

describe('refuses', () => {
	const four = minhash({ permutations: 4 }).signature([]);
	// What TypeScript refuses, too.
	const wrong = (value: unknown) => value as never;
	it.each<[() => unknown, string]>([
		[() => minhash({ permutations: 0 }), 'minhash: expected permutations to be a whole number from 1 to 4096, got 0.'],
		[() => minhash({ permutations: 5000 }), 'minhash: expected permutations to be a whole number from 1 to 4096, got 5000.'],
		[() => minhash({ shingle: 0 }), 'minhash: expected shingle to be a whole number from 1, got 0.'],
		[() => minhash({ on: wrong('title') }), "minhash: expected on to be one of 'tokens', 'text', got 'title'."],
		[() => minhash({ seed: 0.5 }), 'minhash: expected seed to be a whole number, got 0.5.'],
		[() => minhash().signature(wrong('a b')), "minhash: expected tokens to be an array of texts, got 'a b'."],
		[() => minhash({ on: 'text' }).signature(wrong(['a'])), "minhash: expected text to be a text, got [ 'a' ]."],
		[
			() => estimatedJaccard(four, wrong([1])),
			'estimatedJaccard: expected the second to be a signature, a Uint32Array, got [ 1 ]. Make it with minhash().',
		],
		[() => estimatedJaccard(four, minhash().signature([])), 'estimatedJaccard: expected signatures of one length, got 4 and 128 numbers.'],
		[() => mergedSignature(new Uint32Array(0), four), 'mergedSignature: expected the first to be a signature'],
	])('%s', (call, message) => {
		expect(call).toThrow(message);
		expect(call).toThrow(/^[^\n]+: expected [^\n]+[.?)]$/);
	});
});
