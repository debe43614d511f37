import fc from 'fast-check';
import { createSimhashIndex, hammingDistance, type SimhashIndexState, simhash, simhashIndexOf } from 'textloom';
import { randomUint32 } from 'textloom/stream';
import { describe, expect, it } from 'vitest';

const bitsOf = ([low, high]: Uint32Array) => Array.from({ length: 64 }, (_, bit) => ((bit < 32 ? low! : high!) >>> (bit & 31)) & 1);

describe('simhash', () => {
	// The fingerprint of one token is its hash: from these any other follows.
	it('has a bit where more than half of the tokens have it', () => {
		const { fingerprint } = simhash();
		const word = fc.string({ unit: 'binary', maxLength: 2 });
		const documents = fc.oneof(fc.array(word, { maxLength: 12 }), fc.array(word, { minLength: 250, maxLength: 800 }));
		fc.assert(
			fc.property(documents, (tokens) => {
				const counts = new Array<number>(64).fill(0);
				for (const token of tokens) for (const [bit, one] of bitsOf(fingerprint([token])).entries()) counts[bit]! += one;
				expect(bitsOf(fingerprint(tokens))).toEqual(counts.map((count) => (2 * count > tokens.length ? 1 : 0)));
			}),
			{ numRuns: 30 },
		);
	});

	it('has hashes whose bits are independent and as often 1 as 0', () => {
		const { fingerprint } = simhash();
		const all = Array.from({ length: 2000 }, (_, n) => bitsOf(fingerprint([`word ${n}`])));
		for (let a = 0; a < 64; a++) {
			const ones = all.filter((bits) => bits[a] === 1).length;
			expect(Math.abs(ones - 1000)).toBeLessThan(5 * Math.sqrt(500));
			const b = (a * 7 + 1) % 64;
			const equal = all.filter((bits) => bits[a] === bits[b]).length;
			if (a !== b) expect(Math.abs(equal - 1000)).toBeLessThan(5 * Math.sqrt(500));
		}
	});

	// Charikar 2002, section 3: P(bits differ) = θ/π; exact for random hyperplanes, of which signs are an approximation.
	it.each([
		[300, 0],
		[270, 30],
		[200, 100],
		[0, 300],
	])('has bits that differ by the angle: %i shared tokens, %i others', (shared, own) => {
		const side = (name: string) => Array.from({ length: shared + own }, (_, i) => (i < shared ? `shared ${i}` : `${name} ${i}`));
		const theta = Math.acos(shared / (shared + own));
		let sum = 0;
		const runs = 100;
		for (let seed = 0; seed < runs; seed++) {
			const { fingerprint } = simhash({ seed });
			sum += hammingDistance(fingerprint(side('a')), fingerprint(side('b')));
		}
		expect(Math.abs(sum / runs / 64 - theta / Math.PI)).toBeLessThan(0.03);
	});

	it('takes no tokens, odd tokens, runs and texts', () => {
		const { fingerprint } = simhash();
		expect(fingerprint([])).toEqual(Uint32Array.of(0, 0));
		const odd = ['', 'constructor', '__proto__', '\ud800', '😀', '漢'].map((token) => fingerprint([token]).join());
		expect(new Set(odd).size).toBe(odd.length);
		expect(fingerprint(['a', 'b'])).toEqual(fingerprint(['b', 'a']));
		expect(simhash({ shingle: 2 }).fingerprint(['a', 'b'])).not.toEqual(simhash({ shingle: 2 }).fingerprint(['b', 'a']));
		const { fingerprint: ofText } = simhash({ on: 'text' });
		const text = 'The ferry left the harbour before the storm reached the harbour wall, and the crew sang.';
		expect(hammingDistance(ofText(text), ofText(text.replace('storm', 'storms')))).toBeLessThan(16);
		expect(hammingDistance(ofText(text), ofText('Oil prices rose as the wind closed two ports on the northern coast.'))).toBeGreaterThan(
			16,
		);
	});

	it('gives these numbers, always: fingerprints are saved', () => {
		expect([...simhash().fingerprint(['the', 'ferry', '😀'])]).toMatchInlineSnapshot(`
			[
			  2647715710,
			  1490912063,
			]
		`);
		expect([...simhash({ on: 'text', seed: 7 }).fingerprint('the ferry')]).toMatchInlineSnapshot(`
			[
			  2939740821,
			  3476015742,
			]
		`);
	});
});

describe('createSimhashIndex', () => {
	/** Fingerprints around a few centres, each with up to 12 bits turned. */
	const fingerprints = Array.from({ length: 1500 }, (_, n) => {
		const one = Uint32Array.of(randomUint32(1, 0, n % 30), randomUint32(1, 1, n % 30));
		for (let turn = 0; turn < n % 13; turn++) {
			const bit = randomUint32(2, n, turn) % 64;
			one[bit >> 5]! ^= 1 << (bit & 31);
		}
		return one;
	});
	const filled = (distance: number, from = 0, to = fingerprints.length) => {
		const index = createSimhashIndex<number>({ distance });
		for (let n = from; n < to; n++) index.insert(n, fingerprints[n]!);
		return index;
	};

	it.each([0, 1, 3, 8, 31])('finds all within %i bits, and no others', (distance) => {
		const index = filled(distance);
		for (let n = 0; n < fingerprints.length; n += 50) {
			const near = fingerprints.map((other, key) => ({ key, distance: hammingDistance(fingerprints[n]!, other) }));
			expect(index.query(fingerprints[n]!)).toEqual(near.filter((other) => other.distance <= distance));
		}
	});

	it('merges, and comes back from its state', () => {
		const [whole, first] = [filled(4), filled(4, 0, 600)];
		first.merge(filled(4, 600));
		expect(first.state).toEqual(whole.state);
		const again = simhashIndexOf(structuredClone(whole.state));
		expect(again.size).toBe(fingerprints.length);
		for (const n of [0, 7, 99]) {
			expect(first.query(fingerprints[n]!)).toEqual(whole.query(fingerprints[n]!));
			expect(again.query(fingerprints[n]!)).toEqual(whole.query(fingerprints[n]!));
		}
	});

	const wrong = (value: unknown) => value as never;
	const one = fingerprints[0]!;
	it.each<[() => unknown, string]>([
		[() => simhash({ shingle: 0 }), 'simhash: expected shingle to be a whole number from 1, got 0.'],
		[() => simhash().fingerprint(wrong(5)), 'simhash: expected tokens to be an array of texts, got 5.'],
		[() => createSimhashIndex({ distance: 32 }), 'createSimhashIndex: expected distance to be a whole number from 0 to 31, got 32.'],
		[() => filled(3, 0, 1).insert(wrong(null), one), 'insert: expected key to be a text or a number, got null.'],
		[
			() => filled(3, 0, 1).insert(1, new Uint32Array(3)),
			'insert: expected fingerprint to be a fingerprint, a Uint32Array of 2 numbers, got ',
		],
		[
			() => filled(3, 0, 1).query(wrong([1, 2])),
			'query: expected fingerprint to be a fingerprint, a Uint32Array of 2 numbers, got [ 1, 2 ].',
		],
		[
			() => hammingDistance(one, wrong('a')),
			"hammingDistance: expected the second to be a fingerprint, a Uint32Array of 2 numbers, got 'a'.",
		],
		[() => simhashIndexOf(wrong(5)), 'simhashIndexOf: expected state to be an object, got 5.'],
		[
			() => simhashIndexOf({ ...filled(3, 0, 2).state, fingerprints: new Uint32Array(3) } as SimhashIndexState),
			'simhashIndexOf: expected fingerprints to be a Uint32Array of 2 × 2 numbers, got ',
		],
	])('refuses %s', (call, message) => {
		expect(call).toThrow(message);
		expect(call).toThrow(/^[^\n]+: expected [^\n]+[.?)]$/);
	});
});
