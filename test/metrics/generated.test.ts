// Scores of generated texts against sacreBLEU and NLTK: corpora of our own, with every option.
import { readFileSync } from 'node:fs';
import {
	type BleuScoreOptions,
	bleuScore,
	bleuScorer,
	bootstrapScore,
	type ChrfOptions,
	characterErrorRate,
	chrfScore,
	chrfScorer,
	editDistance,
	exactMatch,
	pairedBootstrap,
	sentenceBleu,
	type TerOptions,
	type TextScore,
	type TextScorer,
	type TokenBleuOptions,
	terScore,
	terScorer,
	textbookBleu,
	tokenBleu,
	wordErrorRate,
} from 'textloom/metrics';
import { describe, expect, it } from 'vitest';

interface Case<Options> {
	readonly options: Options;
	readonly score: number;
	readonly signature: string;
}
interface BleuCase extends Case<BleuScoreOptions> {
	readonly matches: number[];
	readonly totals: number[];
	readonly precisions: number[];
	readonly brevityPenalty: number;
	readonly hypothesis: number;
	readonly reference: number;
}
interface OtherCase<Options> extends Case<Options> {
	readonly name: string;
	readonly each: number[];
}
interface TerCase extends OtherCase<TerOptions> {
	readonly edits: number;
	readonly words: number;
}
type Named<Value> = Readonly<Record<string, Value>>;
interface Texts {
	readonly hypotheses: string[];
	readonly references: string[][];
}
interface Resampled {
	readonly metric: string;
	readonly options: object;
	readonly samples: number;
	readonly seed: number;
	readonly systems: readonly {
		readonly name: string;
		readonly score: number;
		readonly mean: number;
		readonly half: number;
		readonly p: number | null;
	}[];
	readonly signature: string;
}
interface TokenCase {
	readonly hypothesis: string[];
	readonly references: string[][];
	readonly weights: number[];
	readonly scores: Readonly<Record<NonNullable<TokenBleuOptions['smoothing']>, number>>;
	readonly 'epsilon of 0.5': number;
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../golden/metrics/${name}.json`, import.meta.url), 'utf8')) as unknown;
const golden = read('generated') as {
	readonly corpora: Named<Texts>;
	readonly bleu: Named<BleuCase[]>;
	readonly chrf: Named<OtherCase<ChrfOptions>[]>;
	readonly ter: Named<TerCase[]>;
	readonly sentences: Named<{ readonly options: BleuScoreOptions; readonly scores: number[] }[]>;
	readonly tokens: Named<TokenCase>;
	readonly resampling: Named<Resampled>;
	readonly systems: { readonly texts: Named<string[]>; readonly one: string[][]; readonly two: string[][] };
	readonly edits: Named<{ readonly first: string; readonly second: string; readonly distance: number }>;
	readonly rates: {
		readonly texts: { readonly hypotheses: string[]; readonly references: string[] };
		readonly plain: { readonly word: number; readonly character: number };
		readonly lowercase: { readonly word: number; readonly character: number };
	};
};
const digits = 9;
const version = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;
/** sacreBLEU's signature with our version in the place of its own. */
const ours = (signature: string) => signature.replace(/version:.*$/, `version:textloom-${version}`);
const close = (found: readonly number[], expected: readonly number[]) => {
	expect(found.length).toBe(expected.length);
	for (const [at, value] of expected.entries()) expect(found[at], `at ${at}`).toBeCloseTo(value, digits);
};

/** A test for each corpus and each choice of options. */
function compared<Options, Own extends Case<Options>>(
	cases: Named<readonly Own[]>,
	score: (hypotheses: readonly string[], references: string[][], options: Options) => TextScore,
	more: (found: TextScore, own: Own, texts: Texts) => void,
): void {
	it('of every corpus', () => expect(Object.keys(cases)).toEqual(Object.keys(golden.corpora)));
	for (const [name, rows] of Object.entries(cases)) {
		const texts = golden.corpora[name]!;
		it.each(rows.map((own) => [JSON.stringify(own.options), own] as const))(`${name}: %s`, (_, own) => {
			const found = score(texts.hypotheses, texts.references, own.options);
			expect(found.score).toBeCloseTo(own.score, digits);
			expect(found.signature).toBe(ours(own.signature));
			more(found, own, texts);
		});
	}
}

describe('BLEU', () =>
	compared<BleuScoreOptions, BleuCase>(golden.bleu, bleuScore, (found, own) => {
		const { smoothing, smoothingValue = 1 } = own.options;
		// sacreBLEU adds to its counts in place, unless nothing is right, and up to where there is nothing to divide by.
		const isAdded = smoothing === 'add-k' && own.matches.some((count) => count > 0);
		const plain = (counts: number[]) => counts.map((count, n) => (isAdded && n > 0 ? count - smoothingValue : count));
		const { matches, totals, hypothesis, reference, brevityPenalty, precisions } = found as ReturnType<typeof bleuScore>;
		expect({ matches, totals, hypothesis, reference }).toEqual({
			...{ matches: plain(own.matches), totals: plain(own.totals) },
			...{ hypothesis: own.hypothesis, reference: own.reference },
		});
		expect(brevityPenalty).toBeCloseTo(own.brevityPenalty, digits);
		close(precisions, own.precisions);
	}));

describe('chrF', () =>
	compared(golden.chrf, chrfScore, (_, { name, each, options }, { hypotheses, references }) => {
		expect(chrfScorer(options).name).toBe(name);
		close(
			hypotheses.map((text, at) => chrfScore([text], [references[at]!], options).score),
			each,
		);
	}));

describe('TER', () =>
	compared(golden.ter, terScore, (found, { name, each, options, edits, words }, { hypotheses, references }) => {
		expect(terScorer(options).name).toBe(name);
		expect((found as ReturnType<typeof terScore>).edits).toBe(edits);
		expect((found as ReturnType<typeof terScore>).words).toBeCloseTo(words, digits);
		close(
			hypotheses.map((text, at) => terScore([text], [references[at]!], options).score),
			each,
		);
	}));

describe('BLEU of one text', () => {
	for (const [name, rows] of Object.entries(golden.sentences)) {
		const { hypotheses, references } = golden.corpora[name]!;
		it.each(rows.map(({ options, scores }) => [JSON.stringify(options), options, scores] as const))(`${name}: %s`, (_, options, scores) =>
			close(
				hypotheses.map((text, at) => sentenceBleu(text, references[at]!, options).score),
				scores,
			),
		);
	}
	it('may have its reference as a text', () => expect(sentenceBleu('a b', 'a b').score).toBeCloseTo(100, digits));
});

describe('BLEU of tokens', () => {
	for (const [name, { hypothesis, references, weights, scores, ...own }] of Object.entries(golden.tokens)) {
		it.each(Object.entries(scores))(`${name}: %s`, (smoothing, score) =>
			expect(tokenBleu(hypothesis, references, { weights, smoothing: smoothing as keyof typeof scores })).toBeCloseTo(score, digits),
		);
		it(`${name}: epsilon of 0.5`, () =>
			expect(tokenBleu(hypothesis, references, { weights, smoothing: 'epsilon', epsilon: 0.5 })).toBeCloseTo(
				own['epsilon of 0.5'],
				digits,
			));
	}
	it('may be ids, and has defaults', () => {
		const ids = (text: string[]) => Int32Array.from(text, (token) => token.charCodeAt(0));
		const { hypothesis, references, scores } = golden.tokens['nothing right']!;
		expect(tokenBleu(ids(hypothesis), references.map(ids))).toBe(scores.none);
		expect(tokenBleu(ids([...'abcde']), [ids([...'abcdf'])])).toBeCloseTo(tokenBleu([...'abcde'], [[...'abcdf']]), digits);
	});
});

describe('BLEU of the textbook', () => {
	const of = (prediction: string, label: string, order?: number) => textbookBleu([...prediction], [...label], { order });
	it.each([
		[1, (4 / 5) ** (1 / 2)],
		[2, (4 / 5) ** (1 / 2) * (3 / 4) ** (1 / 4)],
		[3, (4 / 5) ** (1 / 2) * (3 / 4) ** (1 / 4) * (1 / 3) ** (1 / 8)],
		[4, 0],
	])('of its example up to %i tokens', (order, product) =>
		expect(of('ABBCD', 'ABCDEF', order)).toBeCloseTo(Math.exp(1 - 6 / 5) * product, digits),
	);
	it('is what the book prints', () => {
		expect(of('ABBCD', 'ABCDEF')).toBeCloseTo(0.681, 3);
		expect(of('ABBCD', 'ABCDEF', 3)).toBeCloseTo(0.594, 3);
	});
	it.each([
		['abc', 'abc', 1],
		['ab', 'ab', 1],
		['abcd', 'ab', (2 / 4) ** (1 / 2) * (1 / 3) ** (1 / 4)],
		['', 'ab', 0],
		['', '', 0],
		['ab', '', 0],
		['x', 'ab', 0],
	])('of %j beside %j', (prediction, label, score) => expect(of(prediction, label)).toBeCloseTo(score, digits));
	it('goes no further than the prediction', () => expect(of('ab', 'abc', 9)).toBeCloseTo(Math.exp(1 - 3 / 2), digits));
});

const scorers: Readonly<Record<string, (options: object) => TextScorer>> = { BLEU: bleuScorer, 'chrF2++': chrfScorer, TER: terScorer };

describe('texts drawn anew', () => {
	const { texts, one, two } = golden.systems;
	it.each(Object.entries(golden.resampling))('%s: the same drawings as sacreBLEU, the same p-values', (name, own) => {
		const references = name === 'BLEU' ? one : two;
		const [samples, seed] = [own.samples, own.seed];
		const scorer = scorers[own.metric]!(own.options);
		const found = pairedBootstrap(texts, references, { scorer, samples, seed });
		expect(found.signature).toBe(ours(own.signature));
		expect(found.baseline).toBe('first');
		expect(found.systems.map(({ name }) => name)).toEqual(own.systems.map(({ name }) => name));
		for (const [at, { name, score, mean, half, p }] of own.systems.entries()) {
			const system = found.systems[at]!;
			expect(system.score).toBeCloseTo(score, digits);
			// There sums are float32.
			expect(system.mean, name).toBeCloseTo(mean, 3);
			expect((system.high - system.low) / 2, name).toBeCloseTo(half, 3);
			if (p === null) expect(system).not.toHaveProperty('p');
			else expect(system.p, name).toBeCloseTo(p, digits);
			const { signature, ...alone } = bootstrapScore(texts[name]!, references, { scorer, samples, seed });
			expect({ ...alone, name, ...(p !== null && { p: system.p }) }).toEqual(system);
			expect(signature).toBe(found.signature);
		}
	});

	it('are compared with any system, and a system with itself', () => {
		const options = { baseline: 'better', samples: 50, scorer: chrfScorer() };
		const { systems, baseline } = pairedBootstrap({ ...texts, same: texts.better! }, one, options);
		expect(baseline).toBe('better');
		const by = Object.fromEntries(systems.map(({ name, p }) => [name, p]));
		expect(by).toMatchObject({ better: undefined, same: 1 / 51 });
	});

	it('give another interval with another seed, a wider one with more confidence', () => {
		const of = (options: object) => bootstrapScore(texts.first!, one, { samples: 100, ...options });
		expect(of({ seed: 0 })).toEqual(of({}));
		expect(of({ confidence: 0.95 })).toEqual(of({}));
		expect(of({ scorer: bleuScorer() })).toEqual(of({}));
		expect(of({ seed: 1 }).mean).not.toBe(of({}).mean);
		expect(of({ confidence: 1 }).low).toBeLessThan(of({ confidence: 0.5 }).low);
		const none = of({ confidence: 0 });
		expect(none.high).toBeGreaterThanOrEqual(none.low);
		expect(bootstrapScore(['a'], ['a'], { samples: 3, scorer: terScorer() })).toMatchObject({ score: 0, mean: 0, low: 0, high: 0 });
	});

	it("may be scored by a scorer of one's own", () => {
		const longest: TextScorer = {
			...{ name: 'longest', settings: { unit: 'characters' }, width: 1 },
			against:
				([reference]) =>
				(text, sums, at) => {
					sums[at]! += Number(text.length >= reference!.length);
				},
			scoreOf: ([sum]) => ({ score: sum! }),
		};
		const { score, signature } = bootstrapScore(['abc', 'd'], ['ab', 'de'], { scorer: longest, samples: 5, seed: 2 });
		expect(score).toBe(1);
		expect(signature).toBe(`nrefs:1|bs:5|seed:2|unit:characters|version:textloom-${version}`);
	});
});

describe('edit distance', () => {
	it.each(Object.entries(golden.edits))('of %s', (_, { first, second, distance }) => {
		const longer = Math.max([...first].length, [...second].length, 1);
		for (const [a, b] of [
			[first, second],
			[second, first],
			[[...first], [...second]],
		] as [string, string][]) {
			expect(editDistance(a, b)).toBe(distance);
			expect(editDistance(a, b, { normalized: true })).toBe(distance / longer);
		}
	});
	it('of ids', () => expect(editDistance(Int32Array.of(1, 2, 3), [1, 3])).toBe(1));
});

describe('error rates', () => {
	const { texts, plain, lowercase } = golden.rates;
	it.each([
		['as they are', {}, plain],
		['in lower case', { lowercase: true }, lowercase],
	])('of texts %s', (_, options, { word, character }) => {
		expect(wordErrorRate(texts.hypotheses, texts.references, options)).toBeCloseTo(word, digits);
		expect(characterErrorRate(texts.hypotheses, texts.references, options)).toBeCloseTo(character, digits);
	});
	it.each([
		['', '', 0],
		['a b', '', 1],
		['a b c', 'd', 3],
	])('of %j beside %j', (text, reference, rate) => expect(wordErrorRate([text], [reference])).toBe(rate));
});

it('exact match is the share of texts that equal a reference', () => {
	expect(exactMatch(['a', 'b ', ''], ['a', 'b', ['c', '']])).toBe(2 / 3);
	expect(exactMatch(['A', 'b '], [['x', 'a'], 'B'], { form: (text) => text.trim().toLowerCase() })).toBe(1);
});
