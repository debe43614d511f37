import { readFileSync } from 'node:fs';
import { createMinhashIndex, lshBands, type MinhashIndexState, minhash, minhashIndexOf } from 'textloom';
import { describe, expect, it } from 'vitest';

interface Golden {
	made_by: string;
	documents: string[][];
	shingle: number;
	jaccard: number[][];
	signatures: string[];
	indexes: { threshold: number; candidates: number[][] }[];
	bands: { threshold: number; permutations: number; weights: [number, number]; bands: number; rows: number }[];
}
const golden: Golden = JSON.parse(readFileSync(new URL('../../golden/features/near.json', import.meta.url), 'utf8'));
const numbers = (base64: string) => new Uint32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);

describe('lshBands', () => {
	it(`chooses as ${golden.made_by}`, () => {
		expect(golden.bands.length).toBeGreaterThan(50);
		for (const { threshold, permutations, weights, bands, rows } of golden.bands)
			expect({ threshold, ...lshBands(threshold, { permutations, weights }) }).toEqual({ threshold, bands, rows });
	});

	it('is quick, and takes the ends', () => {
		const { bands, rows } = lshBands(0.7, { permutations: 4096 });
		expect(bands * rows).toBeLessThanOrEqual(4096);
		expect(lshBands(1)).toEqual({ bands: 1, rows: 128 });
		expect(lshBands(0).rows).toBe(1);
	});
});

describe.each(golden.indexes)(`candidates at $threshold`, ({ threshold, candidates }) => {
	const bands = lshBands(threshold);

	it(`are those of ${golden.made_by}, for its signatures`, () => {
		const index = createMinhashIndex<number>({ bands });
		const signatures = golden.signatures.map(numbers);
		for (const [i, signature] of signatures.entries()) index.insert(i, signature);
		expect(signatures.map((signature) => index.query(signature).map(({ key }) => key))).toEqual(candidates);
	});

	// The expected share of pairs of a similarity that are candidates is 1 − (1 − sʳ)ᵇ, of each implementation: pairs in which that is all but sure must be in both.
	it(`are as many as theirs, for our own signatures, within the spread of the estimate`, () => {
		const { signature } = minhash({ shingle: golden.shingle });
		const index = createMinhashIndex<number>({ bands });
		const signatures = golden.documents.map(signature);
		for (const [i, one] of signatures.entries()) index.insert(i, one);
		let [expected, variance, ours, theirs] = [0, 0, 0, 0];
		golden.jaccard.forEach((row, i) => {
			const found = index.query(signatures[i]!);
			row.forEach((s, j) => {
				if (j <= i) return;
				const p = 1 - (1 - s ** bands.rows) ** bands.bands;
				const similarity = found.find(({ key }) => key === j)?.similarity;
				if (p > 0.9999) expect(similarity).toBeGreaterThan(0);
				if (s === 0) expect(similarity).toBeUndefined();
				if (similarity !== undefined) expect(Math.abs(similarity - s)).toBeLessThanOrEqual(4 * Math.sqrt((s * (1 - s)) / 128));
				expected += p;
				variance += p * (1 - p);
				ours += similarity === undefined ? 0 : 1;
				theirs += candidates[i]!.includes(j) ? 1 : 0;
			});
		});
		for (const count of [ours, theirs]) expect(Math.abs(count - expected)).toBeLessThanOrEqual(4 * Math.sqrt(variance) + 1e-9);
	});
});

describe('createMinhashIndex', () => {
	const { signature } = minhash({ shingle: 1, permutations: 64 });
	/** Documents of which each ten are near-duplicates: nine tokens in ten are the same. */
	const docs = Array.from({ length: 2000 }, (_, n) =>
		Array.from({ length: 40 }, (_, i) => (i % 10 === n % 10 ? `own ${n} ${i}` : `group ${Math.floor(n / 10)} ${i}`)),
	);
	const signatures = docs.map(signature);
	const bands = lshBands(0.6, { permutations: 64, weights: [0.2, 0.8] });
	const filled = (from: number, to: number) => {
		const index = createMinhashIndex<string>({ permutations: 64, bands });
		for (let n = from; n < to; n++) index.insert(`doc ${n}`, signatures[n]!);
		return index;
	};
	const whole = filled(0, docs.length);

	it('finds planted near-duplicates, and hardly anything else', () => {
		let found = 0;
		for (const [n, one] of signatures.entries()) {
			const near = whole.query(one, 0.5);
			expect(near.map(({ key }) => key)).toContain(`doc ${n}`);
			expect(near.filter(({ key }) => Math.floor(Number(key.slice(4)) / 10) !== Math.floor(n / 10))).toEqual([]);
			found += near.length;
		}
		expect(found / docs.length).toBeGreaterThan(9);
	});

	it('merges indexes that were made apart into one', () => {
		const [first, second] = [filled(0, 700), filled(700, docs.length)];
		first.merge(second);
		expect(first.size).toBe(docs.length);
		expect(first.state).toEqual(whole.state);
		for (let n = 0; n < docs.length; n += 7) expect(first.query(signatures[n]!)).toEqual(whole.query(signatures[n]!));
		expect(second.size).toBe(docs.length - 700);
		const twice = filled(0, 20);
		twice.merge(twice);
		expect(twice.size).toBe(40);
	});

	it('comes back from its state', () => {
		const again = minhashIndexOf(structuredClone(whole.state));
		expect(again.state).toEqual(whole.state);
		expect(again.query(signatures[3]!, 0.5)).toEqual(whole.query(signatures[3]!, 0.5));
		const { signatures: saved } = filled(0, 1).state;
		saved.fill(0);
		expect(filled(0, 1).query(signatures[0]!)).toEqual([{ key: 'doc 0', similarity: 1 }]);
	});

	it('takes any key, empty documents and the same key twice', () => {
		const index = createMinhashIndex();
		for (const key of ['__proto__', 'constructor', '', 5, '', 5]) index.insert(key, minhash().signature([]));
		expect(index.query(minhash().signature([])).map(({ key }) => key)).toEqual(['__proto__', 'constructor', '', 5, '', 5]);
		expect(index.query(minhash().signature(['a']))).toEqual([]);
		expect(createMinhashIndex().query(minhash().signature(['a']))).toEqual([]);
	});

	const wrong = (value: unknown) => value as never;
	it.each<[() => unknown, string]>([
		[() => lshBands(1.5), 'lshBands: expected threshold to be a share from 0 to 1, got 1.5.'],
		[() => lshBands(0.5, { weights: [0.5, 0.6] }), 'lshBands: expected weights to be two shares that sum to 1, got [ 0.5, 0.6 ].'],
		[
			() => createMinhashIndex({ bands: wrong(5) }),
			'createMinhashIndex: expected bands to be { bands, rows }, whole numbers from 1, got 5.',
		],
		[
			() => createMinhashIndex({ permutations: 64, bands: { bands: 9, rows: 13 } }),
			'createMinhashIndex: expected at most 64 numbers in bands, got 9 × 13. Choose them by lshBands(0.8, { permutations: 64 }).',
		],
		[() => whole.insert('a', new Uint32Array(3)), 'insert: expected signature to be a signature, a Uint32Array of 64 numbers, got '],
		[() => whole.insert(wrong({}), signatures[0]!), 'insert: expected key to be a text or a number, got {}.'],
		[() => whole.query(wrong('a')), "query: expected signature to be a signature, a Uint32Array of 64 numbers, got 'a'."],
		[() => whole.query(signatures[0]!, 2), 'query: expected least to be a share from 0 to 1, got 2.'],
		[() => whole.merge(createMinhashIndex<string>()), 'merge: expected an index of '],
		[() => minhashIndexOf(wrong(null)), 'minhashIndexOf: expected state to be an object, got null.'],
		[
			() => minhashIndexOf({ ...whole.state, keys: wrong([{}]) }),
			'minhashIndexOf: expected keys to be an array of texts and numbers, got [ {} ].',
		],
		[
			() => minhashIndexOf({ ...filled(0, 2).state, signatures: new Uint32Array(3) } as MinhashIndexState),
			'minhashIndexOf: expected signatures to be a Uint32Array of 2 × 64 numbers, got ',
		],
	])('refuses %s', (call, message) => {
		expect(call).toThrow(message);
		expect(call).toThrow(/^[^\n]+: expected [^\n]+[.?)]$/);
	});
});
