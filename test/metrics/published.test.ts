// Scores of published translations against sacreBLEU: outputs of WMT, where TEXTLOOM_DATA has them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
	type BleuScoreOptions,
	bleuScore,
	bleuScorer,
	bootstrapScore,
	chrfScore,
	chrfScorer,
	pairedBootstrap,
	sentenceBleu,
	type TextScorer,
	terScore,
	terScorer,
} from 'textloom/metrics';
import { describe, expect, it } from 'vitest';

type Named<Value> = Readonly<Record<string, Value>>;
interface KnownTexts {
	readonly hyps: string[];
	readonly refs: string[][];
}
type Smoothing = BleuScoreOptions['smoothing'];
type Tokenizer = BleuScoreOptions['tokenizer'];
interface KnownCases {
	readonly corpus_bleu: (KnownTexts & { options: { tokenize?: Tokenizer; smooth_method?: Smoothing }; score: number })[];
	readonly corpus_bleu_max_order: (KnownTexts & { max_ngram_order: number; score_2dp: number })[];
	readonly 'raw_corpus_bleu_floor_0.01_fraction': (KnownTexts & { score: number })[];
	readonly raw_corpus_bleu_offset_fraction: (KnownTexts & { 'smooth_floor_0.1': number; 'smooth_floor_0.0': number })[];
	readonly statistics: (KnownTexts & { counts: number[]; totals: number[] })[];
	readonly sentence_bleu_effective_order: {
		readonly hyp: string;
		readonly ref: string;
		readonly score: number;
		readonly smooth_method: Smoothing;
		readonly smooth_value: number | null;
		readonly lowercase: boolean;
		readonly tokenize: Tokenizer;
	}[];
	readonly sentence_chrf: { hyp: string; refs: string[]; score: number }[];
	readonly ter_fraction: (KnownTexts & { score: number })[];
	readonly paired_bootstrap_p_values_bleu_tokenize_none: { baseline: string; n_samples: number; p: Named<number> };
}
const digits = 9;
const published = JSON.parse(readFileSync(new URL('../golden/metrics/published.json', import.meta.url), 'utf8')) as {
	readonly wmt17: Named<Named<number>>;
	readonly wmt15: { readonly google: Named<number> };
	readonly paired: Named<Named<{ readonly mean: number; readonly half: number; readonly p: number | null }>>;
};
const bleuData = join(process.env.TEXTLOOM_DATA ?? '', 'bleu');
const isThere = Boolean(process.env.TEXTLOOM_DATA) && existsSync(bleuData);

describe.skipIf(!isThere)('published translations (skipped without TEXTLOOM_DATA)', () => {
	const metrics: Named<TextScorer> = {
		...{
			BLEU: bleuScorer(),
			'BLEU intl lc': bleuScorer({ tokenizer: 'intl', lowercase: true }),
			'BLEU char': bleuScorer({ tokenizer: 'char' }),
		},
		...{ 'BLEU zh': bleuScorer({ tokenizer: 'zh' }), 'BLEU none': bleuScorer({ tokenizer: 'none', smoothing: 'none' }) },
		...{ chrF2: chrfScorer(), 'chrF2++': chrfScorer({ wordOrder: 2 }), TER: terScorer() },
		'TER normalized': terScorer({ normalized: true, withoutMarks: true, caseSensitive: true }),
	};
	const systems = () => {
		const lines = gunzipSync(readFileSync(join(bleuData, 'wmt17_en_de_systems.jsonl.gz')))
			.toString()
			.trim()
			.split('\n');
		const all = lines.map((line) => JSON.parse(line) as { name: string; segments: string[] });
		const { reference, ...others } = Object.fromEntries(all.map(({ name, segments }) => [name, segments]));
		return { reference: reference!, others };
	};
	/** The score that a bootstrap of one sample says, which is that of all texts. */
	const scoreOf = (texts: string[], references: string[], name: string) =>
		bootstrapScore(texts, references, { scorer: metrics[name]!, samples: 1 }).score;

	it('WMT17: 16 systems by all metrics', () => {
		const { reference, others } = systems();
		for (const [system, scores] of Object.entries(published.wmt17)) {
			for (const [name, score] of Object.entries(scores))
				expect(scoreOf(others[system]!, reference, name), `${name} of ${system}`).toBeCloseTo(score, digits);
		}
	});

	it('WMT15: one system by all metrics', () => {
		const texts = (name: string) =>
			readFileSync(join(bleuData, `wmt15_100/newstest-2015-100sents.en-ru.${name}.ru`), 'utf8')
				.replace(/\n+$/, '')
				.split('\n');
		for (const [name, score] of Object.entries(published.wmt15.google))
			expect(scoreOf(texts('google'), texts('ref'), name), name).toBeCloseTo(score, digits);
	});

	it.each(Object.entries(published.paired))('WMT17, %s: intervals and p-values are near those of other drawings', (metric, own) => {
		const { reference, others } = systems();
		const few = Object.fromEntries(Object.keys(own).map((name) => [name, others[name]!]));
		const scorer = metrics[metric === 'BLEU' ? 'BLEU none' : metric]!;
		for (const { name, mean, low, high, p } of pairedBootstrap(few, reference, { scorer, samples: 1000 }).systems) {
			expect(Math.abs(mean - own[name]!.mean), name).toBeLessThan(0.1);
			expect(Math.abs((high - low) / 2 - own[name]!.half), name).toBeLessThan(0.1);
			if (p !== undefined) expect(Math.abs(p - own[name]!.p!), name).toBeLessThan(0.05);
		}
	});

	const known = () => JSON.parse(readFileSync(join(bleuData, 'bleu_cases.json'), 'utf8')) as KnownCases;
	/** References as sacreBLEU has them, one list for each reference, as one list for each text. */
	const turned = (streams: string[][]) => streams[0]!.map((_, at) => streams.map((stream) => stream[at]!));

	it('scores are those that sacreBLEU is tested with', () => {
		const cases = known();
		const bleu = ({ hyps, refs }: KnownTexts, options: BleuScoreOptions) => bleuScore(hyps, turned(refs), options);
		for (const own of cases.corpus_bleu) {
			const { tokenize: tokenizer, smooth_method: smoothing } = own.options;
			expect(bleu(own, { tokenizer, smoothing }).score).toBeCloseTo(own.score, 5);
		}
		for (const own of cases.corpus_bleu_max_order) expect(bleu(own, { order: own.max_ngram_order }).score).toBeCloseTo(own.score_2dp, 2);
		const floor = { tokenizer: 'none', smoothing: 'floor', effectiveOrder: true } as const;
		for (const own of cases['raw_corpus_bleu_floor_0.01_fraction'])
			expect(bleu(own, { ...floor, smoothingValue: 0.01 }).score / 100).toBeCloseTo(own.score, digits);
		for (const own of cases.raw_corpus_bleu_offset_fraction) {
			expect(bleu(own, { ...floor, smoothingValue: 0.1 }).score / 100).toBeCloseTo(own['smooth_floor_0.1'], digits);
			expect(bleu(own, { ...floor, smoothingValue: 0 }).score).toBe(own['smooth_floor_0.0']);
		}
		for (const { counts, totals, ...own } of cases.statistics)
			expect(bleu(own, { tokenizer: 'none' })).toMatchObject({ matches: counts, totals });
		for (const { hyp, ref, score, ...own } of cases.sentence_bleu_effective_order) {
			const smoothingValue = own.smooth_value ?? undefined;
			const { lowercase, tokenize: tokenizer, smooth_method: smoothing } = own;
			expect(sentenceBleu(hyp, ref, { lowercase, tokenizer, smoothing, smoothingValue }).score).toBeCloseTo(score, 2);
		}
		for (const { hyp, refs, score } of cases.sentence_chrf)
			expect(chrfScore([hyp], [refs], { epsilonSmoothing: true }).score).toBeCloseTo(score, 7);
		for (const { hyps, refs, score } of cases.ter_fraction) expect(terScore(hyps, turned(refs)).score / 100).toBeCloseTo(score, digits);
	});

	it('WMT17: p-values are near those that sacreBLEU is tested with', () => {
		const { reference, others } = systems();
		const { baseline, n_samples: samples, p: values } = known().paired_bootstrap_p_values_bleu_tokenize_none;
		const options = { scorer: bleuScorer({ tokenizer: 'none' }), baseline, samples };
		const found = pairedBootstrap(others, reference, options).systems.filter(({ name }) => name !== baseline);
		expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(values).sort());
		// Two standard errors of a share of 0.2 or 0.4 in 2,000 samples are 0.018 and 0.022.
		for (const { name, p } of found) expect(Math.abs(p! - values[name]!), name).toBeLessThan(0.025);
	});
});
