// Options of layers that cannot be meant: each is one line that says who, what was expected, what came and what to do.

import * as nn from 'textloom/nn';
import { randomFloat } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { testRefusals } from '../refusals.js';
import { layers, untyped } from './layers/index.js';

describe('options of layers', () => testRefusals(layers));

it('options of a summary', () => {
	expect(() => untyped.summary(nn.relu(), { input: ['batch', 3] })).toThrow(
		'summary: expected an option that it has, got input. Did you mean inputs?',
	);
});

describe('ids of an embedding', () => {
	const rows = (options: nn.EmbeddingOptions) => {
		const { weight } = nn.embedding(options).parameters;
		return { weight, first: Array.from(weight.initial(weight.shape, (i) => randomFloat(1, 0, i)).subarray(0, options.width)) };
	};

	it('have vectors that learn, 0 like any other, unless one is padding', () => {
		const { weight, first } = rows({ size: 5, width: 3 });
		expect(weight.frozenRow).toBeUndefined();
		expect(first.every((number) => number !== 0)).toBe(true);
		const padded = rows({ size: 5, width: 3, padding: 0 });
		expect(padded.weight.frozenRow).toBe(0);
		expect(padded.first).toEqual([0, 0, 0]);
		expect(rows({ size: 5, width: 3, padding: 0, vectors: new Float32Array(15).fill(1) }).first).toEqual([0, 0, 0]);
		expect(rows({ size: 5, width: 3, vectors: new Float32Array(15).fill(1) }).first).toEqual([1, 1, 1]);
	});
});
