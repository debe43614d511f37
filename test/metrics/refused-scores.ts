// What functions over arrays of labels, scores and probabilities refuse: a row for each of them, which the type demands.
import type * as metrics from 'textloom/metrics';
import {
	accuracyScore,
	averagePrecisionScore,
	bleuScore,
	bleuScorer,
	bootstrapScore,
	brierScore,
	characterErrorRate,
	chrfScore,
	chrfScorer,
	classReport,
	cohenKappaScore,
	confusionMatrix,
	editDistance,
	exactMatch,
	f1Score,
	logLossScore,
	matthewsScore,
	mcnemar,
	pairedBootstrap,
	precisionRecallCurve,
	precisionScore,
	recallScore,
	reliability,
	reportTable,
	rocAucScore,
	rocCurve,
	sentenceBleu,
	terScore,
	terScorer,
	textbookBleu,
	tokenBleu,
	wordErrorRate,
} from 'textloom/metrics';
import type { RefusalsOf } from '../refusals.js';
import type { MetricName } from './metrics.js';

/** The exports that are no metrics: functions over arrays. */
type ScoreName = Exclude<{ [Name in keyof typeof metrics]: Name }[keyof typeof metrics], MetricName | 'confusion'>;

export const refusals: { readonly [Name in ScoreName]: { readonly refuses: RefusalsOf<(typeof metrics)[Name]> } } = {
	accuracyScore: {
		refuses: [
			[() => accuracyScore(['a', 'b', 'c'], ['a']), 'accuracyScore: expected predicted of 3 samples as truth, got 1. Pass one for each.'],
			[() => accuracyScore([], []), 'accuracyScore: expected at least one sample, got none. Is what they are read from empty?'],
			[
				() => accuracyScore(['a'], [1]),
				"accuracyScore: expected labels that are all texts or all numbers, got 'a', 1. Convert one of them.",
			],
			[() => accuracyScore([1, Number.NaN], [1, 1]), 'accuracyScore: expected truth to be texts or numbers, got NaN at place 1.'],
			[
				() => accuracyScore(new Set(['a']) as never, ['a']),
				'accuracyScore: expected truth to be an array with an entry for each sample, got Set',
			],
			[() => accuracyScore('ab', 'ab'), "accuracyScore: expected truth to be an array with an entry for each sample, got 'ab'."],
		],
	},
	precisionScore: {
		refuses: [
			[() => precisionScore([1, 1], [1]), 'precisionScore: expected predicted of 2 samples as truth, got 1.'],
			[() => precisionScore([1], [1], { positive: 1 }), "precisionScore: expected average: 'binary' beside positive, got 'macro'."],
			[
				() => precisionScore(['a', 'b'], ['a', 'a'], { average: 'binary' }),
				"precisionScore: expected positive to be one of 'a', 'b', got 1. Name the class that binary is about.",
			],
		],
	},
	recallScore: {
		refuses: [[() => recallScore([1], [1], { labels: [] }), 'recallScore: expected labels to be an array of labels that differ, got [].']],
	},
	f1Score: {
		refuses: [
			[() => f1Score([1], [1], { labels: [1, 1] }), 'f1Score: expected labels to be an array of labels that differ, got [ 1, 1 ].'],
			[() => f1Score([1], [1], { zeroDivision: 1 } as never), 'f1Score: expected an option that it has, got zeroDivision. It has '],
		],
	},
	matthewsScore: {
		refuses: [
			[() => matthewsScore([undefined as never], [1]), 'matthewsScore: expected truth to be texts or numbers, got undefined at place 0.'],
		],
	},
	cohenKappaScore: {
		refuses: [
			[
				() => cohenKappaScore([1], [1], { weights: 'cubic' as never }),
				"cohenKappaScore: expected weights to be one of 'linear', 'quadratic', got 'cubic'.",
			],
			[() => cohenKappaScore([1], [1, 2]), 'cohenKappaScore: expected second of 1 samples as first, got 2. Pass one for each.'],
		],
	},
	confusionMatrix: {
		refuses: [
			[
				() => confusionMatrix(['a'], ['b'], { labels: ['b', 'c'] }),
				"confusionMatrix: expected labels that are true of a sample, got 'b', 'c'.",
			],
			[
				() => confusionMatrix([1], [1], { sampleWeights: [1, 2] }),
				'confusionMatrix: expected sampleWeights of 1 samples, got 2. Pass one for each.',
			],
			[
				() => confusionMatrix([1, 1], [1, 1], { sampleWeights: [1, -1] }),
				'confusionMatrix: expected sampleWeights from 0, got -1 at place 1.',
			],
			[
				() => confusionMatrix([1], [1], { sampleWeights: [Number.NaN] }),
				'confusionMatrix: expected sampleWeights from 0, got NaN at place 0.',
			],
			[() => confusionMatrix([1], [1], { sampleWeights: [0] }), 'confusionMatrix: expected a sample weight above 0, got none.'],
		],
	},
	classReport: {
		refuses: [
			[() => classReport([0, 1], [0, 1], { names: ['a'] }), 'classReport: expected names of the 2 classes, got 1. Pass one for each;'],
			[() => classReport([], []), 'classReport: expected at least one sample, got none.'],
		],
	},
	reportTable: {
		refuses: [
			[() => reportTable(classReport([1], [1]), { digits: -1 }), 'reportTable: expected digits to be a whole number from 0, got -1.'],
		],
	},
	rocAucScore: {
		refuses: [
			[
				() => rocAucScore([1, 1], [0.5, 0.25]),
				'rocAucScore: expected samples of two classes or more, got 2 of one. Measure on samples that',
			],
			[
				() => rocAucScore(['a', 'a'], [0.5, 0.25]),
				"rocAucScore: expected two classes, one of which the scores are about, got 1: 'a'. Say which it is: positive.",
			],
			[
				() => rocAucScore([0, 1], [0.5, Number.NaN]),
				'rocAucScore: expected scores to be numbers, got NaN at place 1. Look at what gives them.',
			],
			[() => rocAucScore([0, 1], [0.5]), 'rocAucScore: expected scores of 2 samples as truth, got 1. Pass one for each.'],
			[
				() => rocAucScore([0, 1], [[1, 0], [1]]),
				'rocAucScore: expected scores in rows of 2, got one of 1 at place 1. Pass one for each class.',
			],
			[() => rocAucScore([0, 1], [[], []]), 'rocAucScore: expected scores with a column for each class, got rows of none. Pass them.'],
			[() => rocAucScore([0, 1, 2], [1, 2, 3]), 'rocAucScore: expected two classes, one of which the scores are about, got 3: 0, 1, 2.'],
			[
				() =>
					rocAucScore(
						[0, 1],
						[
							[1, 0, 0],
							[0, 1, 0],
						],
					),
				'rocAucScore: expected scores with a column for each of 2 classes (0, 1), got 3. Pass labels: the classes of the columns',
			],
			[
				() =>
					rocAucScore(
						[0, 1],
						[
							[2, 1, 0],
							[0, 1, 0],
						],
						{ labels: [0, 1, 2] },
					),
				'rocAucScore: expected scores from 0 to 1, got 2 at place 0. Of logits',
			],
			[
				() =>
					rocAucScore(
						[0, 1],
						[
							[1, 0, 0],
							[0, 1, 0],
						],
						{ labels: [0, 1, 2], positive: 1 },
					),
				'rocAucScore: expected positive beside scores of two classes, got 3. Leave it out, or pass one column.',
			],
			[
				() =>
					rocAucScore(
						[
							[0, 1],
							[1, 0],
						],
						[
							[1, 2, 3],
							[1, 2, 3],
						],
					),
				'rocAucScore: expected scores in rows of 2 as truth, got 3. Pass one for each label.',
			],
			[
				() =>
					rocAucScore(
						[
							[0, 2],
							[1, 0],
						],
						[
							[1, 2],
							[1, 2],
						],
					),
				'rocAucScore: expected truth in rows of 0 and 1, got 2. Pass 1 for labels',
			],
			[
				() => rocAucScore([0, 1], [1, 2], { multiclass: 'one-vs-one', sampleWeights: [1, 1] }),
				"rocAucScore: expected no sampleWeights beside multiclass: 'one-vs-one', got some. Leave one of them out.",
			],
		],
	},
	averagePrecisionScore: {
		refuses: [
			[
				() => averagePrecisionScore([0, 1], [0, 1], { positive: 2 }),
				'averagePrecisionScore: expected positive to be one of 0, 1, got 2. Name one of these.',
			],
			[
				() => averagePrecisionScore(['a', 'b'], [0, 1], { labels: ['b', 'c'] }),
				"averagePrecisionScore: expected truth to be of the classes 'b', 'c', got 'a'. Add it to labels.",
			],
		],
	},
	rocCurve: {
		refuses: [
			[
				() => rocCurve([0, 0], [1, 2]),
				'rocCurve: expected samples of two classes, got none of the positive class. Measure on samples of both',
			],
			[() => rocCurve([1, 1], [1, 2]), 'rocCurve: expected samples of two classes, got only such of the positive class.'],
			[
				() => rocCurve([1, 0], [[1], [2]] as never),
				'rocCurve: expected one score for each sample, got rows of 1. Pass the scores of one class.',
			],
			[() => rocCurve([], []), 'rocCurve: expected at least one sample, got none.'],
		],
	},
	precisionRecallCurve: {
		refuses: [
			[() => precisionRecallCurve([1, 0], ['1', '0'] as never), "precisionRecallCurve: expected scores to be numbers, got '1' at place 0."],
		],
	},
	logLossScore: {
		refuses: [
			[
				() =>
					logLossScore(
						[0, 1],
						[
							[0.5, 0.4],
							[0, 1],
						],
					),
				'logLossScore: expected probabilities that sum to 1 in each row, got 0.9 at place 0. Of logits take',
			],
			[() => logLossScore([0, 1], [-0.5, 1]), 'logLossScore: expected probabilities from 0 to 1, got -0.5 at place 0. Of logits take'],
			[() => logLossScore([0, 1], [0.5, Number.NaN]), 'logLossScore: expected probabilities to be numbers, got NaN at place 1.'],
			[
				() =>
					logLossScore(
						['a', 'b'],
						[
							[0.5, 0.25, 0.25],
							[0, 1, 0],
						],
					),
				"logLossScore: expected probabilities with a column for each of 2 classes ('a', 'b'), got 3. Pass labels: the classes of the columns",
			],
			[
				() =>
					logLossScore(
						['a', 'b'],
						[
							[0.5, 0.5],
							[0, 1],
						],
						{ positive: 'a' },
					),
				'logLossScore: expected positive beside one probability for each sample, got rows. Leave it out; labels orders columns.',
			],
		],
	},
	brierScore: { refuses: [[() => brierScore([], []), 'brierScore: expected at least one sample, got none.']] },
	reliability: {
		refuses: [
			[() => reliability([0, 1], [0.5, 1.5]), 'reliability: expected probabilities from 0 to 1, got 1.5 at place 1. Of logits take'],
			[() => reliability([0, 1], [0.5, 1], { bins: 0 }), 'reliability: expected bins to be a whole number from 1, got 0.'],
		],
	},
	mcnemar: {
		refuses: [
			[() => mcnemar([1, 2], [1, 2], [1]), 'mcnemar: expected second of 2 samples as truth, got 1. Pass one for each.'],
			[() => mcnemar([], [], []), 'mcnemar: expected at least one sample, got none.'],
			[() => mcnemar([1], [1], ['1']), "mcnemar: expected labels that are all texts or all numbers, got '1', 1. Convert one of them."],
			[() => mcnemar([1], [1], [1], { exact: 'yes' as never }), "mcnemar: expected exact to be true or false, got 'yes'."],
		],
	},
	bleuScore: {
		refuses: [
			[() => bleuScore('a' as never, ['a']), "bleuScore: expected hypotheses to be an array of texts, got 'a'. Correct it."],
			[() => bleuScore(['a', 1 as never], ['a', 'b']), "bleuScore: expected hypotheses to be an array of texts, got [ 'a', 1 ]."],
			[
				() => bleuScore(['a'], 'a' as never),
				"bleuScore: expected references to be an array with a text or an array of texts for each hypothesis, got 'a'.",
			],
			[
				// One list for each reference and not for each text, as in sacreBLEU.
				() => bleuScore(['a', 'b', 'c'], [['a', 'b', 'c']]),
				'bleuScore: expected references of 3 texts as hypotheses, got 1. Pass for each text its reference, or an array of them.',
			],
			[() => bleuScore([], []), 'bleuScore: expected at least one text, got none. Is what they are read from empty?'],
			[
				() => bleuScore(['a', 'b'], ['a', []]),
				'bleuScore: expected references[1] to be a text or an array of texts, at least one, got [].',
			],
			[
				() => bleuScore(['a'], [[null as never]]),
				'bleuScore: expected references[0] to be a text or an array of texts, at least one, got [ null ].',
			],
			[
				() => bleuScore(['a'], ['a'], { tokenizer: '13' as never }),
				"bleuScore: expected tokenizer to be one of '13a', 'zh', 'intl', 'char', 'none', got '13'.",
			],
			[() => bleuScore(['a'], ['a'], { order: 0 }), 'bleuScore: expected order to be a whole number from 1, got 0.'],
			[
				() => bleuScore(['a'], ['a'], { smoothing: 'add' as never }),
				"bleuScore: expected smoothing to be one of 'none', 'floor', 'add-k', 'exp', got 'add'.",
			],
			[
				() => bleuScore(['a'], ['a'], { smoothing: 'floor', smoothingValue: -1 }),
				'bleuScore: expected smoothingValue to be a number in [0, Infinity), got -1.',
			],
			[
				() => bleuScore(['a'], ['a'], { smoothingValue: 0.1 }),
				"bleuScore: expected smoothing 'floor' or 'add-k' beside smoothingValue, got 'exp'. Leave the value out.",
			],
		],
	},
	sentenceBleu: {
		refuses: [
			[() => sentenceBleu(['a'] as never, 'a'), "sentenceBleu: expected hypothesis to be a text, got [ 'a' ]. Correct it."],
			[
				() => sentenceBleu('a', []),
				'sentenceBleu: expected references to be a text or an array of texts, at least one, got []. Correct it.',
			],
			[
				() => sentenceBleu('a', 'a', { lowerCase: true } as never),
				'sentenceBleu: expected an option that it has, got lowerCase. Did you mean lowercase?',
			],
			[() => sentenceBleu('a', 'a', { effectiveOrder: 1 as never }), 'sentenceBleu: expected effectiveOrder to be true or false, got 1.'],
			[() => sentenceBleu('a', 'a', null as never), 'sentenceBleu: expected an object of options, got null.'],
		],
	},
	bleuScorer: {
		refuses: [
			[() => bleuScorer({ lowercase: 'yes' as never }), "bleuScorer: expected lowercase to be true or false, got 'yes'."],
			[
				() => bleuScorer({ smoothing: 'none', smoothingValue: 1 }),
				"bleuScorer: expected smoothing 'floor' or 'add-k' beside smoothingValue, got 'none'.",
			],
		],
	},
	tokenBleu: {
		refuses: [
			[() => tokenBleu('a b' as never, [['a']]), "tokenBleu: expected hypothesis to be an array of tokens, got 'a b'. Correct it."],
			[
				() => tokenBleu(['a'], ['a'] as never),
				"tokenBleu: expected references to be an array of arrays of tokens, at least one, got [ 'a' ].",
			],
			[() => tokenBleu(['a'], []), 'tokenBleu: expected references to be an array of arrays of tokens, at least one, got [].'],
			[
				() => tokenBleu(['a'], [['a']], { weights: [] }),
				'tokenBleu: expected weights to be an array of numbers from 0, at least one, got [].',
			],
			[
				() => tokenBleu(['a'], [['a']], { weights: [1, -1] }),
				'tokenBleu: expected weights to be an array of numbers from 0, at least one, got [ 1, -1 ].',
			],
			[
				() => tokenBleu(['a'], [['a']], { epsilon: 0.5 }),
				"tokenBleu: expected smoothing 'epsilon' beside epsilon, got 'none'. Leave epsilon out.",
			],
			[() => tokenBleu(['a'], [['a']], { smoothing: 'epsilon', epsilon: 0 }), 'tokenBleu: expected epsilon to be a number above 0, got 0.'],
			[
				() => tokenBleu(['a'], [['a']], { smoothing: 'exp' as never }),
				"tokenBleu: expected smoothing to be one of 'none', 'epsilon', 'add-one', 'geometric', 'length', got 'exp'.",
			],
		],
	},
	textbookBleu: {
		refuses: [
			[() => textbookBleu('A B' as never, ['A']), "textbookBleu: expected prediction to be an array of tokens, got 'A B'. Correct it."],
			[() => textbookBleu(['A'], undefined as never), 'textbookBleu: expected label to be an array of tokens, got nothing. Pass it.'],
			[() => textbookBleu(['A'], ['A'], { order: 1.5 }), 'textbookBleu: expected order to be a whole number from 1, got 1.5.'],
		],
	},
	chrfScore: {
		refuses: [
			[() => chrfScore(['a'], ['a', 'b']), 'chrfScore: expected references of 1 texts as hypotheses, got 2.'],
			[() => chrfScore(['a'], ['a'], { characterOrder: 0 }), 'chrfScore: expected characterOrder to be a whole number from 1, got 0.'],
			[() => chrfScore(['a'], ['a'], { wordOrder: -1 }), 'chrfScore: expected wordOrder to be a whole number from 0, got -1.'],
			[() => chrfScore(['a'], ['a'], { whitespace: 1 as never }), 'chrfScore: expected whitespace to be true or false, got 1.'],
			[
				() => chrfScore(['a'], ['a'], { epsilonSmoothing: null as never }),
				'chrfScore: expected epsilonSmoothing to be true or false, got null.',
			],
		],
	},
	chrfScorer: { refuses: [[() => chrfScorer({ beta: 0 }), 'chrfScorer: expected beta to be a number above 0, got 0.']] },
	terScore: {
		refuses: [
			[() => terScore([], []), 'terScore: expected at least one text, got none.'],
			[
				() => terScore(['a'], ['a'], { asianSupport: true }),
				'terScore: expected normalized or withoutMarks beside asianSupport, got neither. Set one, or leave it out.',
			],
			[
				() => terScore(['a'], ['a'], { punctuation: false } as never),
				'terScore: expected an option that it has, got punctuation. It has normalized, ',
			],
		],
	},
	terScorer: {
		refuses: [[() => terScorer({ caseSensitive: 'no' as never }), "terScorer: expected caseSensitive to be true or false, got 'no'."]],
	},
	bootstrapScore: {
		refuses: [
			[() => bootstrapScore(['a'], []), 'bootstrapScore: expected references of 1 texts as hypotheses, got 0.'],
			[
				() => bootstrapScore(['a'], ['a'], { scorer: 'bleu' as never }),
				"bootstrapScore: expected scorer to be what scores texts, got 'bleu'. Pass bleuScorer(), chrfScorer() or terScorer().",
			],
			[() => bootstrapScore(['a'], ['a'], { samples: 0 }), 'bootstrapScore: expected samples to be a whole number from 1, got 0.'],
			[() => bootstrapScore(['a'], ['a'], { confidence: 95 }), 'bootstrapScore: expected confidence to be a share from 0 to 1, got 95.'],
			[() => bootstrapScore(['a'], ['a'], { seed: 0.5 }), 'bootstrapScore: expected seed to be a whole number, got 0.5.'],
		],
	},
	pairedBootstrap: {
		refuses: [
			[
				() => pairedBootstrap({ one: ['a'] }, ['a']),
				"pairedBootstrap: expected systems to be an object of two or more systems, the texts of each by its name, got { one: [ 'a' ] }.",
			],
			[() => pairedBootstrap([['a'], ['b']] as never, ['a']), 'pairedBootstrap: expected systems to be an object of two or more systems, '],
			[
				() => pairedBootstrap({ one: ['a'], two: ['b', 'c'] }, ['a']),
				'pairedBootstrap: expected references of 2 texts as two, got 1. Pass for each text its reference, or an array of them.',
			],
			[() => pairedBootstrap({ one: ['a'], two: 'b' as never }, ['a']), "pairedBootstrap: expected two to be an array of texts, got 'b'."],
			[
				() => pairedBootstrap({ one: ['a'], two: ['b'] }, ['a'], { baseline: 'three' }),
				'pairedBootstrap: expected baseline to be one of one, two, got three. Name one of these.',
			],
		],
	},
	editDistance: {
		refuses: [
			[() => editDistance('a', 1 as never), 'editDistance: expected second to be a text or an array of tokens, got 1. Correct it.'],
			[
				() => editDistance('a', ['a']),
				'editDistance: expected two texts or two arrays of tokens, got one of each. Cut the text into tokens.',
			],
			[() => editDistance('a', 'b', { normalized: 1 as never }), 'editDistance: expected normalized to be true or false, got 1.'],
		],
	},
	wordErrorRate: {
		refuses: [
			[() => wordErrorRate(['a'], [['a']] as never), "wordErrorRate: expected references to be an array of texts, got [ [ 'a' ] ]."],
			[() => wordErrorRate(['a'], ['a', 'b']), 'wordErrorRate: expected references of 1 texts as hypotheses, got 2.'],
		],
	},
	characterErrorRate: {
		refuses: [
			[
				() => characterErrorRate(['a'], ['a'], { lowercase: 0 as never }),
				'characterErrorRate: expected lowercase to be true or false, got 0.',
			],
		],
	},
	exactMatch: {
		refuses: [
			[() => exactMatch([], []), 'exactMatch: expected at least one text, got none.'],
			[() => exactMatch(['a'], ['a'], { form: 'lower' as never }), "exactMatch: expected form to be a function, got 'lower'."],
		],
	},
};
