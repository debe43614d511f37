// Labels of a training: how they are shared out, and what is said where some are rare, many, or alone.
import { textClassification } from 'textloom';
import { describe, expect, it } from 'vitest';
import { readersOf } from '../../dist/src/cli/own/answers.js';
import { balanceOf } from '../../dist/src/cli/train/balance.js';
import { writtenForm } from '../../dist/src/cli/train/saved-evaluation.js';

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

describe('very many labels', () => {
	const names = Array.from({ length: 10_000 }, (_, i) => `label ${i}`);

	it('have no table of a hundred million numbers in evaluation.json, but the counts above 0', () => {
		const size = 1001;
		const confusion = Array.from({ length: size }, (_, row) =>
			Array.from({ length: size }, (_, column) => (row === 3 && column > 998 ? 2 : 0)),
		);
		expect(writtenForm({ accuracy: 0.5, confusion })).toEqual({
			accuracy: 0.5,
			confusionCounts: [
				[3, 999, 2],
				[3, 1000, 2],
			],
		});
		const small = { accuracy: 1, confusion: [[1]] };
		expect(writtenForm(small)).toBe(small);
	});

	it('are not all named where one is unknown, but the nearest is', () => {
		const [, label] = readersOf(textClassification() as never, {}, names);
		const refused = (name: string) => () => label!.read({ text: '', label: name });
		expect(refused('lable 77')).toThrow(
			'expected a label of label 0, label 1, label 2, label 3, label 4, label 5, label 6, label 7, label 8, label 9, label 10 and 9989 more, got "lable 77". Did you mean label 77? Correct it, or remove the row.',
		);
		expect(refused('x')).toThrow(/and 9989 more, got "x"\. Correct it, or remove the row\.$/);
	});
});
