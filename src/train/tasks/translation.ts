// Translation: a text that is said token by token of another, as of one in another language.
import { is, type Json, type Kinds, optionsOf } from '../../base/index.js';
import type { GenerateOptions, Hypothesis } from '../../decode/index.js';
import { settingsOf } from '../../decode/options.js';
import { bleuTokenizers } from '../../metrics/bleu/tokenizers.js';
import { type BleuTokenizer, bleuScorer, chrfScorer, type TextScore, type TextScorer } from '../../metrics/index.js';
import { signatureOf } from '../../metrics/text/signature.js';
import { crossEntropy } from '../../nn/index.js';
import type { AnyLearner, AnyStage } from '../../stream/index.js';
import { largest } from '../fit/validate.js';
import type { SequenceHead, Task } from '../task/task.js';
import { hasWholeTokens, type Wording, wordingOf } from './text-of-ids.js';

/** Options of a call of `generate`: a model cannot keep them. */
const ofCalls = ['prefixAllowedTokens', 'onToken', 'onProgress', 'signal', 'eosTokenId', 'numbers'] as const;

/** How texts are generated: the options of `generate` that can be saved. */
export interface TranslationGeneration extends Omit<GenerateOptions, (typeof ofCalls)[number]> {
	/** Whether it is told where the model looked in the source at each token. Default false. */
	readonly attention?: boolean | undefined;
}

/** How translation is learned and judged. */
export interface TranslationOptions {
	/** What the text to be said goes through to its ids. Default: the recipe's stages, which learn of both texts then. */
	readonly target?: AnyStage | AnyLearner;
	/** The share of each answer that is spread over all tokens (Szegedy et al. 2016). Default 0. */
	readonly smoothing?: number;
	/** How texts are generated. Where `numBeams` is not said it is 5. */
	readonly generation?: TranslationGeneration;
	/** What stands between tokens of a vocabulary. Default: nothing between characters and Chinese words, else a space, and none beside punctuation. */
	readonly join?: string;
	/**
	 * Whether a token that the vocabulary of the target does not have is said as that of the source which the model looked at most (M.-T. Luong et al. 2015b),
	 * where the source has a vocabulary, too, and not subwords. Default true.
	 */
	readonly copy?: boolean;
	/** How BLEU cuts texts: `zh` for Chinese, `char` into characters. Default `13a`, that of WMT. */
	readonly tokenizer?: BleuTokenizer;
	/** Whether case is of no account in figures. Default false. */
	readonly lowercase?: boolean;
}

/** A text with its translation. */
export interface TextPair {
	readonly text: string;
	readonly target: string;
}

/** Another text that was found. */
export interface Alternative {
	readonly translation: string;
	readonly score: number;
}

/** What a model says of a text. */
export interface Translated {
	readonly translation: string;
	/** The sum of the logarithms of its tokens' probabilities; of beams over its length to the power of `lengthPenalty`. */
	readonly score: number;
	/** The next best, where several sequences were asked for. */
	readonly alternatives?: readonly Alternative[];
	/** Where the model looked, where that was asked for and the model tells it. */
	readonly attention?: Looked;
	/** Set where it did not come to its end within the tokens that it may have, too. */
	readonly warning?: string;
}

/** Where a model looked in a source at each token that it said. */
export interface Looked {
	/** The tokens of the source, as far as it was read, and those that were said. */
	readonly source: readonly string[];
	readonly said: readonly string[];
	/** `[said][source]`, how much: a row comes to 1. */
	readonly weights: readonly (readonly number[])[];
}

/** What an evaluation comes to: as sacreBLEU has it. */
export interface TranslationMeasures {
	/** In percent. */
	readonly bleu: number;
	readonly chrf: number;
	/** The share of texts that were said as they are in the reference. */
	readonly exactMatch: number;
	/** What BLEU depends on, as sacreBLEU writes it. */
	readonly signature: string;
}

const name = 'translation';
/** What fills up answers: padding counts nothing. */
const ignored = -100;

const stages = {
	expected: 'a stage or a learner that ends in ids',
	fits: (value: unknown) => is.spec.fits((value as AnyStage | null)?.spec),
};
const kinds: Kinds<TranslationOptions> = {
	...{
		target: { ...stages, next: 'Write chain(words(), vocabulary()).' },
		smoothing: is.share,
		generation: is.object,
		join: is.text,
		copy: is.flag,
	},
	...{ tokenizer: is.one(...Object.keys(bleuTokenizers)), lowercase: is.flag },
};

/** The task that `translation` makes. */
export type Translation = Task<TextPair, Translated, TranslationMeasures>;

/**
 * The task of saying a text in another language, or in other words: documents have a `text`, and a `target`, which is what is to be said.
 *
 * @example
 * translation({ smoothing: 0.1 }); // both texts through the recipe's stages
 * translation({ target: chain(characters(), vocabulary()), tokenizer: 'zh', generation: { numBeams: 5 } });
 */
export function translation(given: TranslationOptions = {}): Translation {
	const { target, smoothing = 0, generation: asked = {}, join, copy = true, tokenizer, lowercase } = optionsOf(name, given, kinds);
	const idle = ofCalls.find((option) => option in asked);
	if (idle) throw new TypeError(`${name}: expected generation that can be saved, got ${idle}. Leave it out.`);
	const generation: TranslationGeneration = { numBeams: 5, ...asked };
	const { attention = false, ...generating } = generation;
	settingsOf(name, generating, { reads: 'source', marks: {} });
	const judged = { ...(tokenizer && { tokenizer }), ...(lowercase && { lowercase }) };
	return {
		name,
		options: { smoothing, generation: generation as Json, ...(join !== undefined && { join }), ...(!copy && { copy }), ...judged },
		each: 'sequence',
		target: { field: 'target', stages: target },
		needs: { target: 'text' },
		learn: { start: () => ({}), add: () => {}, finish: () => null },
		head(_, texts) {
			const { source, target } = texts!;
			const wording = wordingOf(name, target, join);
			const [start, end] = [wording.size, wording.size + 1];
			const outputs = wording.size + 2;
			return {
				outputs,
				inputs: { target: { dtype: 'int32', shape: ['batch', 'target'] }, targets: { dtype: 'int32', shape: ['batch', 'target'] } },
				padding: { targets: ignored },
				answerOf: (ids) => ({
					target: { data: [start, ...Array.from(ids)], shape: [ids.length + 1] },
					targets: { data: [...Array.from(ids), end], shape: [ids.length + 1] },
				}),
				loss: (logits, { targets }) => crossEntropy(logits, targets!, { ignore: ignored, smoothing }),
				...{ metrics: {}, monitor: [] },
				config: { decoder_start_token_id: start, eos_token_id: end, vocab_size: outputs },
				generation: { start, end, options: generating, say: saying(wording, { attention, copy: copy && hasWholeTokens(source) }) },
				measure: measured([bleuScorer(judged), chrfScorer({ ...(lowercase && { lowercase }) })], lowercase),
			};
		},
	};
}

type Head = SequenceHead<TextPair, Translated, TranslationMeasures>;

/** What a document is to its translation. */
interface Source {
	readonly tokens?: readonly string[];
}

/** The tokens of a sequence that are of the vocabulary, and where it looked at each. */
interface Own {
	readonly ids: readonly number[];
	readonly attention?: readonly Float32Array[] | undefined;
}

/** The texts of sequences. Marks are no tokens. */
function saying(
	{ size, unknown, tokensOf, textOf }: Wording,
	options: { readonly attention: boolean; readonly copy: boolean },
): Head['generation']['say'] {
	const own = ({ tokens, attention }: Hypothesis): Own => {
		const places = [...tokens.keys()].filter((place) => tokens[place]! < size);
		return { ids: places.map((place) => tokens[place]!), attention: attention && places.map((place) => attention[place]!) };
	};
	const looked = ({ ids, attention }: Own, { tokens = [] }: Source): Looked | undefined => {
		const weights = attention?.map((row) => Array.from(row));
		return weights && { source: tokens.slice(0, weights[0]?.length), said: tokensOf(ids), weights };
	};
	/** Tokens of the source in the places of unknown ones. */
	const copied = ({ ids, attention }: Own, { tokens }: Source) => {
		if (!options.copy || !tokens || unknown === undefined || !attention) return undefined;
		return new Map(ids.flatMap((id, place) => (id === unknown ? [[place, tokens[largest(attention[place]!)]!]] : [])));
	};
	return async (found, doc) => {
		const [best] = found;
		if (!best) return { translation: '', score: 0 };
		const all = found.map(own);
		const [translation, ...texts] = await Promise.all(all.map((one) => textOf(one.ids, copied(one, doc))));
		const alternatives = texts.map((translation, place) => ({ translation, score: found[place + 1]!.score }));
		const attention = options.attention ? looked(all[0]!, doc) : undefined;
		return {
			...{ translation: translation!, score: best.score },
			...(alternatives.length > 0 && { alternatives }),
			...(attention && { attention }),
			...(!best.ended && { warning: `the translation has no end within ${best.tokens.length} tokens` }),
		};
	};
}

/** BLEU and chrF of all texts, from sums of their counts. */
function measured(scorers: readonly [bleu: TextScorer, chrf: TextScorer], lowercase = false): Head['measure'] {
	const form = (text: string) => (lowercase ? text.toLowerCase() : text);
	const isSame = ({ target }: TextPair, { translation }: Translated) => form(translation) === form(target);
	interface Sums {
		readonly sums: readonly Float64Array[];
		same: number;
		texts: number;
	}
	return {
		start: (): Sums => ({ sums: scorers.map(({ width }) => new Float64Array(width)), same: 0, texts: 0 }),
		add(state: Sums, pair, said) {
			for (const [place, scorer] of scorers.entries()) scorer.against([pair.target])(said.translation, state.sums[place]!, 0);
			state.texts++;
			if (isSame(pair, said)) state.same++;
		},
		result({ sums, same, texts }: Sums) {
			const [bleu, chrf] = scorers.map(({ scoreOf }, place) => scoreOf(sums[place]!)) as [TextScore, TextScore];
			return { bleu: bleu.score, chrf: chrf.score, exactMatch: same / texts, signature: signatureOf([['']], scorers[0].settings) };
		},
		right: isSame,
	};
}
