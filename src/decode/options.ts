// How sequences are generated: the options, in Hugging Face's names and with their meanings (transformers 5, GenerationConfig).
import { is, type Kind, type Kinds, optionsOf } from '../base/index.js';
import type { Decoder } from './decoder.js';

/** How long sequences get. */
export interface LengthOptions {
	/** The most tokens of a sequence, its prompt or the decoder's start included. */
	readonly maxLength?: number | undefined;
	/** The most tokens that are added to the prompt. Default 128, or as many as the model allows. Not beside `maxLength`. */
	readonly maxNewTokens?: number | undefined;
	/** A sequence does not end before it has so many tokens, its prompt included. */
	readonly minLength?: number | undefined;
	/** A sequence does not end before so many are added. */
	readonly minNewTokens?: number | undefined;
	/** Ending gets more likely after so many new tokens, by a factor for each more. */
	readonly exponentialDecayLengthPenalty?: readonly [start: number, factor: number] | undefined;
}

/** Which tokens may come. */
export interface TokenOptions {
	/** Logits of tokens that are there already are divided by this where they are above 0, and multiplied where they are below (Keskar et al. 2019). */
	readonly repetitionPenalty?: number | undefined;
	/** No sequence of so many tokens comes twice. */
	readonly noRepeatNgramSize?: number | undefined;
	/** No sequence of so many tokens of the source comes. */
	readonly encoderNoRepeatNgramSize?: number | undefined;
	/** Sequences of tokens that do not come. */
	readonly badWordsIds?: readonly (readonly number[])[] | undefined;
	/**
	 * Sequences of tokens that must come, by constrained beam search (Post and Vilar 2018, as transformers 4 has it). Where fewer sequences
	 * hold them than are to come back, as where the length leaves no room, others fill up; all are ranked by their scores.
	 */
	readonly forceWordsIds?: readonly (readonly number[])[] | undefined;
	/** What comes first, after the decoder's start. A prompt of several tokens has its beginning. */
	readonly forcedBosTokenId?: number | undefined;
	/** What comes last, where a sequence gets as long as it may. */
	readonly forcedEosTokenId?: number | readonly number[] | undefined;
	/** Tokens that do not come. */
	readonly suppressTokens?: readonly number[] | undefined;
	/** Tokens that do not come first. */
	readonly beginSuppressTokens?: readonly number[] | undefined;
	/** The tokens that may come after those of a sequence so far, prompt included; at least one. `input` is the number of what it is generated for. */
	readonly prefixAllowedTokens?: ((input: number, tokens: readonly number[]) => readonly number[]) | undefined;
	/** Scores become logarithms of probabilities again after all other options changed them. */
	readonly renormalizeLogits?: boolean | undefined;
}

/** Drawing in place of taking the best. */
export interface SamplingOptions {
	/** Draws tokens by their probabilities. The options below ask for it. */
	readonly doSample?: boolean | undefined;
	/** Logits are divided by it: below 1 likely tokens get likelier. */
	readonly temperature?: number | undefined;
	/** Only among so many of the likeliest tokens. */
	readonly topK?: number | undefined;
	/** Only among the likeliest tokens whose probabilities come to this, and those as likely as the last of them (Holtzman et al. 2020). */
	readonly topP?: number | undefined;
	/** Only among tokens at least this times as likely as the likeliest (Nguyen et al. 2024). */
	readonly minP?: number | undefined;
	/** What is drawn: the same seed, the same sequences. Default 0. */
	readonly seed?: number | undefined;
	/** What each input is drawn by beside the seed, where the inputs are a part of more. Default: its place among them. */
	readonly numbers?: readonly number[] | undefined;
}

/** Several hypotheses at a time. */
export interface BeamOptions {
	/** Hypotheses that are followed at a time. Default 1: the best token each time, or one drawn. */
	readonly numBeams?: number | undefined;
	/** How many sequences come back for each input: at most `numBeams`, or with one beam as many as are drawn. Default 1. */
	readonly numReturnSequences?: number | undefined;
	/** A hypothesis has its sum of logarithms over the number of its new tokens to this power. Default 1. */
	readonly lengthPenalty?: number | undefined;
	/** When a search ends: `true` with `numBeams` hypotheses, `false` where better ones are unlikely, 'never' where they are impossible. Default false. */
	readonly earlyStopping?: boolean | 'never' | undefined;
	/** Groups of beams that are to differ (Vijayakumar et al. 2018, as transformers 4 has it). */
	readonly numBeamGroups?: number | undefined;
	/** What the score of a token loses for each beam of the groups before that has just taken it. */
	readonly diversityPenalty?: number | undefined;
	/** What a hypothesis loses for parts of the source that it did not look at: β of Wu et al. 2016, section 7. Needs a model that says where it looks. */
	readonly coveragePenalty?: number | undefined;
	/** Whether hypotheses count that have not ended: the best `numBeams` of every step are ranked. */
	readonly rankUnfinished?: boolean | undefined;
}

/** How sequences are generated. */
export interface GenerateOptions extends LengthOptions, TokenOptions, SamplingOptions, BeamOptions {
	/** What sequences end with. Default: the model's. */
	readonly eosTokenId?: number | readonly number[] | undefined;
	/** Called with each token as it comes, of one sequence an input. Not with beams: what they say may still change. */
	readonly onToken?: ((token: { readonly input: number; readonly token: number }) => void) | undefined;
	/** Called with how many inputs are done. */
	readonly onProgress?: ((done: number) => void) | undefined;
	/** Inputs that are under way at a time. Default 32. */
	readonly batchSize?: number | undefined;
	/** Ends the generation: it throws the signal's reason. */
	readonly signal?: AbortSignal | undefined;
}

/** Beam search as Dive into Deep Learning has it (section 10.8): the sum over L^0.75, of all hypotheses that there were. */
export const courseBeams = { lengthPenalty: 0.75, rankUnfinished: true, earlyStopping: 'never' } as const satisfies BeamOptions;

const token = is.whole(0);
const someTokens = is.list(token);
const atLeastOne: Kind = {
	expected: 'an array of tokens, one at least',
	fits: (value) => someTokens.fits(value) && (value as number[]).length > 0,
};
const words: Kind = {
	expected: 'an array of sequences of tokens, none empty',
	fits: (value) =>
		Array.isArray(value) && value.length > 0 && value.every((one) => Array.isArray(one) && one.length > 0 && someTokens.fits(one)),
};
const pair: Kind = {
	expected: 'a whole number from 0 and a factor above 0',
	fits: (value) => Array.isArray(value) && value.length === 2 && token.fits(value[0]) && is.positive.fits(value[1]),
};
const shareAboveZero: Kind = {
	expected: 'a number above 0, at most 1',
	fits: (value) => typeof value === 'number' && value > 0 && value <= 1,
};

const kinds: Kinds<GenerateOptions> = {
	...{ maxLength: is.whole(1), maxNewTokens: is.whole(1), minLength: is.whole(0), minNewTokens: is.whole(0) },
	exponentialDecayLengthPenalty: pair,
	...{ repetitionPenalty: is.positive, noRepeatNgramSize: is.whole(1), encoderNoRepeatNgramSize: is.whole(1) },
	...{ badWordsIds: words, forceWordsIds: words, forcedBosTokenId: token, forcedEosTokenId: is.either(token, atLeastOne) },
	...{ suppressTokens: someTokens, beginSuppressTokens: someTokens, prefixAllowedTokens: is.function, renormalizeLogits: is.flag },
	...{
		doSample: is.flag,
		temperature: is.positive,
		topK: is.whole(1),
		topP: shareAboveZero,
		minP: is.share,
		seed: is.whole(),
		numbers: is.list(is.whole(0)),
	},
	...{ numBeams: is.whole(1), numReturnSequences: is.whole(1), lengthPenalty: { expected: 'a number', fits: Number.isFinite } },
	...{
		earlyStopping: is.one(true, false, 'never'),
		numBeamGroups: is.whole(1),
		diversityPenalty: is.number(0),
		coveragePenalty: is.number(0),
	},
	...{ rankUnfinished: is.flag, eosTokenId: is.either(token, someTokens), onToken: is.function, onProgress: is.function },
	...{ batchSize: is.whole(1), signal: is.signal },
};

/** Options with what a search needs filled in. */
export interface Settings extends GenerateOptions {
	readonly numBeams: number;
	readonly numReturnSequences: number;
	readonly numBeamGroups: number;
	readonly lengthPenalty: number;
	readonly earlyStopping: boolean | 'never';
	readonly batchSize: number;
	readonly seed: number;
	/** What sequences end with. */
	readonly ends: readonly number[];
	/** What stands for a beam of a group that is done. */
	readonly padding: number;
}

/** One needs the other: without it it would do nothing. */
const needs: readonly (readonly [option: keyof GenerateOptions, needed: string, holds: (options: GenerateOptions) => boolean])[] = [
	...(['temperature', 'topK', 'topP', 'minP', 'seed'] as const).map((option) => [option, 'doSample', isSampled] as const),
	...(['lengthPenalty', 'earlyStopping', 'coveragePenalty', 'rankUnfinished', 'forceWordsIds'] as const).map(
		(option) => [option, 'numBeams above 1', hasBeams] as const,
	),
	['numBeamGroups', 'diversityPenalty above 0', ({ diversityPenalty = 0, numBeamGroups }) => diversityPenalty > 0 || numBeamGroups === 1],
	['diversityPenalty', 'numBeamGroups above 1', ({ numBeamGroups = 1 }) => numBeamGroups > 1],
];

/** Options that contradict each other. */
const conflicts: readonly (readonly [a: keyof GenerateOptions, b: keyof GenerateOptions])[] = [
	['maxLength', 'maxNewTokens'],
	['minLength', 'minNewTokens'],
	['forceWordsIds', 'numBeamGroups'],
	['forceWordsIds', 'doSample'],
	['numBeamGroups', 'doSample'],
	...(['coveragePenalty', 'rankUnfinished'] as const).flatMap((option) => [
		[option, 'forceWordsIds'] as const,
		[option, 'numBeamGroups'] as const,
	]),
];

function isSampled({ doSample }: GenerateOptions): boolean {
	return doSample === true;
}

function hasBeams({ numBeams = 1 }: GenerateOptions): boolean {
	return numBeams > 1;
}

const ofBeams = [
	...(['numReturnSequences', 'lengthPenalty', 'earlyStopping', 'numBeamGroups', 'diversityPenalty'] as const),
	...(['coveragePenalty', 'rankUnfinished', 'forceWordsIds'] as const),
] as const;
const ofSampling = ['temperature', 'topK', 'topP', 'minP', 'seed'] as const;

/** Options with others in their place; what these make meaningless is left out: options of beams where there is one, one length where another is given. */
export function overridden<O extends GenerateOptions>(own: O, given: O): O {
	const idle: readonly (keyof GenerateOptions)[] = [
		...(given.numBeams === 1 ? ofBeams : []),
		...(given.doSample === false ? ofSampling : []),
		...(given.maxNewTokens === undefined ? [] : (['maxLength'] as const)),
		...(given.maxLength === undefined ? [] : (['maxNewTokens'] as const)),
		...(given.minNewTokens === undefined ? [] : (['minLength'] as const)),
		...(given.minLength === undefined ? [] : (['minNewTokens'] as const)),
	];
	const kept = Object.fromEntries(Object.entries(own).filter(([name]) => !idle.includes(name as never)));
	return { ...kept, ...given } as O;
}

/**
 * The options, checked, with what a search needs filled in.
 *
 * @throws {RangeError} for one that cannot be used, {TypeError} for some that do not go together.
 */
export function settingsOf(who: string, given: GenerateOptions, { reads, marks }: Pick<Decoder, 'reads' | 'marks'>): Settings {
	const options = optionsOf(who, given, kinds);
	const isGiven = (name: keyof GenerateOptions) =>
		options[name] !== undefined && options[name] !== false && !(name === 'numBeamGroups' && options[name] === 1);
	for (const [option, needed, holds] of needs) {
		if (isGiven(option) && !holds(options))
			throw new TypeError(`${who}: expected ${needed} beside ${option}, got ${option} alone. Leave it out, or pass both.`);
	}
	for (const [a, b] of conflicts) {
		if (isGiven(a) && isGiven(b)) throw new TypeError(`${who}: expected ${a} or ${b}, got both. Leave one out.`);
	}
	const { numBeams = 1, numReturnSequences = 1, numBeamGroups = 1, doSample = false } = options;
	const refuse = (expected: string, got: string, next: string) => {
		throw new RangeError(`${who}: expected ${expected}, got ${got}. ${next}`);
	};
	if (numReturnSequences > numBeams && !(doSample && numBeams === 1))
		refuse(
			`at most as many sequences as beams, ${numBeams}`,
			String(numReturnSequences),
			'Raise numBeams, or draw them by doSample with one beam.',
		);
	if (options.rankUnfinished && options.earlyStopping === true)
		throw new TypeError(
			`${who}: expected earlyStopping false or 'never' beside rankUnfinished, got true: it would end at the first step. Leave one out.`,
		);
	if (numBeams % numBeamGroups !== 0)
		refuse('groups of equally many beams', `${numBeams} beams for ${numBeamGroups}`, 'Change one of them.');
	if (options.onToken && (numBeams > 1 || numReturnSequences > 1))
		refuse('one sequence for each input beside onToken', `${Math.max(numBeams, numReturnSequences)}`, 'Leave out onToken, or numBeams.');
	if (reads === 'prompt' && options.encoderNoRepeatNgramSize !== undefined)
		refuse('a model with a source beside encoderNoRepeatNgramSize', 'one that goes on with prompts', 'Leave it out.');
	const [least, most] = [
		options.minLength ?? options.minNewTokens ?? 0,
		options.maxLength ?? options.maxNewTokens ?? Number.POSITIVE_INFINITY,
	];
	const alike = (options.minLength === undefined) === (options.maxLength === undefined);
	if (alike && least > most) refuse(`a least length up to the largest, ${most}`, String(least), 'Change one of them.');
	const ends = [options.eosTokenId ?? marks.end ?? []].flat() as number[];
	return {
		...options,
		...{ numBeams, numReturnSequences, numBeamGroups, ends, padding: marks.padding ?? ends[0] ?? 0 },
		...{ lengthPenalty: options.lengthPenalty ?? 1, earlyStopping: options.earlyStopping ?? false },
		...{ batchSize: options.batchSize ?? 32, seed: options.seed ?? 0 },
	};
}
