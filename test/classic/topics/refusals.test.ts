// What is refused: options, matrices, rows of other columns, states that nobody wrote.
import { clusters, fromJSON, latentDirichlet, latentSemantics, nonNegativeFactors } from 'textloom';
import { kMeans, lda, nmf, truncatedSvd } from 'textloom/classic';
import { fromDense } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';
import { testRefusals } from '../../refusals.js';

const matrix = fromDense([1, 0, 2, 0, 3, 1, 0, 1, 1], 3);
const negative = fromDense([1, 0, -2, 0], 2);
const nothing = fromDense([], 3);
const noNumber = fromDense([1, Number.NaN, 0, 1], 2);
const narrow = fromDense([1, 0, 2, 0], 2);
const given = (length: number, value = 1) => new Float64Array(length).fill(value);

testRefusals({
	truncatedSvd: {
		refuses: [
			[() => truncatedSvd(matrix, {} as never), 'truncatedSvd: expected components to be a whole number from 1, got nothing. Pass it.'],
			[() => truncatedSvd(matrix, { components: 4 }), 'truncatedSvd: expected components up to the 3 columns, got 4.'],
			[() => truncatedSvd(fromDense([1, 2, 3], 3), { components: 2 }), 'truncatedSvd: expected components up to the 1 rows, got 2.'],
			[() => truncatedSvd(nothing, { components: 1 }), 'truncatedSvd: expected a matrix with rows and columns, got 0 × '],
			[() => truncatedSvd(noNumber, { components: 1 }), 'truncatedSvd: expected finite numbers, got NaN in row 0, column 1.'],
			[() => truncatedSvd(matrix, { components: 1 }).transform(narrow), 'truncatedSvd: expected features of 3 columns, got 2.'],
			[() => truncatedSvd(narrow, { components: 1 }).transform(noNumber), 'truncatedSvd: expected finite numbers, got NaN'],
		],
	},
	nmf: {
		refuses: [
			[() => nmf(negative, { components: 1 }), 'nmf: expected numbers of at least 0, got -2. Pass counts or TF-IDF weights.'],
			[() => nmf(noNumber, { components: 1 }), 'nmf: expected finite numbers, got NaN in row 0, column 1.'],
			[() => nmf(nothing, { components: 1 }), 'nmf: expected a matrix with rows and columns, got 0 × '],
			[() => nmf(matrix, { components: 4, init: 'nndsvd' }), "nmf: expected components (with init 'nndsvd') up to the 3 columns, got 4."],
			[
				() => nmf(matrix, { components: 1, solver: 'cd', loss: 'kullback-leibler' }),
				"nmf: expected the loss 'frobenius' with the solver 'cd', got 'kullback-leibler'. Choose the solver 'mu'.",
			],
			[() => nmf(matrix, { components: 1, init: { w: given(2), h: given(3) } }), 'nmf: expected init.w of 3 × 1 finite numbers, got 2.'],
			[() => nmf(matrix, { components: 1, init: { w: given(3), h: given(3, -1) } }), 'nmf: expected numbers of at least 0, got -1.'],
			[() => nmf(matrix, { components: 1 }).transform(narrow), 'nmf: expected features of 3 columns, got 2.'],
			[() => nmf(narrow, { components: 1 }).transform(negative), 'nmf: expected numbers of at least 0, got -2.'],
			[
				() => nmf(matrix, { components: 1, init: 'svd' as never }),
				"nmf: expected init to be one of 'nndsvd', 'nndsvda', 'random' or start values",
			],
		],
	},
	lda: {
		refuses: [
			[() => lda(negative, { topics: 1 }), 'lda: expected numbers of at least 0, got -2.'],
			[() => lda(noNumber, { topics: 1 }), 'lda: expected finite numbers, got NaN in row 0, column 1.'],
			[() => lda(nothing, { topics: 1 }), 'lda: expected a matrix with rows and columns, got 0 × '],
			[() => lda(matrix, { topics: 0 }), 'lda: expected topics to be a whole number from 1, got 0.'],
			[() => lda(matrix, { topics: 1, alpha: 0 }), 'lda: expected alpha to be a number above 0, got 0.'],
			[() => lda(matrix, { topics: 2, init: given(5) }), 'lda: expected init of 2 × 3 finite numbers, got 5.'],
			[
				() => lda(matrix, { topics: 2, init: given(6, Number.NaN) }),
				'lda: expected init of 2 × 3 finite numbers, got some that are not finite.',
			],
			[() => lda(matrix, { topics: 1 }).transform(narrow), 'lda: expected features of 3 columns, got 2.'],
			[() => lda(narrow, { topics: 1 }).perplexity(negative), 'lda: expected numbers of at least 0, got -2.'],
		],
	},
	kMeans: {
		refuses: [
			[() => kMeans(matrix, { clusters: 4 }), 'kMeans: expected clusters up to the 3 rows, got 4. Ask for fewer, or pass more documents.'],
			[() => kMeans(nothing, { clusters: 1 }), 'kMeans: expected a matrix with rows and columns, got 0 × '],
			[() => kMeans(noNumber, { clusters: 1 }), 'kMeans: expected finite numbers, got NaN in row 0, column 1.'],
			[() => kMeans(matrix, { clusters: 2, init: given(3) }), 'kMeans: expected init of 2 × 3 finite numbers, got 3.'],
			[
				() => kMeans(matrix, { clusters: 1, init: 'random' as never }),
				"kMeans: expected init to be 'k-means++' or a Float64Array of centers",
			],
			[() => kMeans(matrix, { clusters: 1 }).predict(narrow), 'kMeans: expected features of 3 columns, got 2.'],
		],
	},
	learners: {
		refuses: [
			[
				() => latentSemantics({ component: 2 } as never),
				'latentSemantics: expected an option that it has, got component. Did you mean components?',
			],
			[
				() => nonNegativeFactors({ components: 1, init: { w: given(1), h: given(1) } as never }),
				'nonNegativeFactors: expected init to be one of',
			],
			[() => latentDirichlet({ topics: 2, init: given(6) } as never), 'latentDirichlet: expected an option that it has, got init.'],
			[() => clusters({ clusters: 1.5 }), 'clusters: expected clusters to be a whole number from 1, got 1.5.'],
		],
	},
});

describe('learners', () => {
	const learners = [
		latentSemantics({ components: 1 }),
		nonNegativeFactors({ components: 1 }),
		latentDirichlet({ topics: 1 }),
		clusters({ clusters: 1 }),
	];
	const doc = (...values: number[]) => ({
		features: { indices: Int32Array.from(values.keys()), values: Float64Array.from(values), size: values.length },
	});

	it.each(learners.map((one) => [one.spec.stage, one] as const))(
		'%s refuses no documents, and features of other columns',
		async (name, learner) => {
			await expect(learner.fit([])).rejects.toThrow(`${name}: expected a matrix with rows and columns, got 0 × 0.`);
			await expect(learner.fit([doc(1, 2), doc(1)])).rejects.toThrow('expected rows of 2 numbers, got 1 in row 1.');
			const fitted = await learner.fit([doc(1, 2), doc(3, 0)]);
			expect(() => fitted.apply([doc(1, 2, 3)])).toThrow(`${name}: expected features of 2 columns, got 3. Take them from the stage`);
		},
	);

	it.each([
		['latentSemantics', { components: 1 }],
		['nonNegativeFactors', { components: 1 }],
		['latentDirichlet', { topics: 1 }],
		['clusters', { clusters: 1 }],
	])('%s refuses a state that it did not write', (stage, options) => {
		for (const state of [null, {}, { columns: 0 }, { columns: 2, components: [1, 2], centers: [1, 2] }, { columns: '2' }]) {
			const revived = () => fromJSON({ format: 2, stages: [{ stage, options, state }] });
			expect(revived).toThrow(/^\w+: expected a state \{ columns, .*, got .*\. Save the pipeline again\./);
		}
	});
});
