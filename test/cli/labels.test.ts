// Labels of a training: how they are shared out, and what is said where some are rare, many, or alone.
import { describe, expect, it } from 'vitest';
import { balanceOf } from '../../dist/src/cli/train/balance.js';

const plain = { weighted: false };

describe('the balance of labels', () => {
	it.each([
		['few and alike', { a: 30, b: 60 }, plain, ['Labels: b 66.7%, a 33.3%']],
		['four times as many are no word', { a: 10, b: 40 }, plain, ['Labels: b 80.0%, a 20.0%']],
		[
			'rare ones',
			{ spam: 10, ham: 120 },
			plain,
			[
				'Labels: ham 92.3%, spam 7.7%',
				'ham has 12 times as many documents as spam (10): with --weights balanced each label counts as much as any.',
			],
		],
		['rare ones that are weighted', { spam: 10, ham: 120 }, { weighted: true }, ['Labels: ham 92.3%, spam 7.7%']],
		[
			'many',
			Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`label ${i}`, 20 - i])),
			plain,
			['11 labels, from label 0 (20 documents) to label 10 (10 documents)'],
		],
	])('%s', (_, classes, options, lines) => {
		expect(balanceOf(classes as Record<string, number>, options)).toEqual(lines);
	});
});
