// What all searches have in common: sequences of one input that are followed, step by step, and what comes of them.
import type { Settings } from '../options.js';
import type { TokenScores } from '../scores.js';

/** A sequence that was generated. */
export interface Hypothesis {
	/** Its tokens after the prompt, the one that ended it included. */
	readonly tokens: readonly number[];
	/** The sum of the logarithms of its tokens' probabilities; of beams over its length to the power of `lengthPenalty`. */
	readonly score: number;
	/** Whether it ended by itself, not by its length. */
	readonly ended: boolean;
	/** For each token where it looked in the source, where the model says so. */
	readonly attention?: readonly Float32Array[];
}

/** A sequence that is followed. */
export interface Beam {
	/** All its tokens, prompt included. */
	readonly tokens: readonly number[];
	/** The sum of the logarithms of its tokens' probabilities. */
	readonly sum: number;
	/** Which beam of the step before it goes on from. */
	readonly from: number;
	readonly attention?: readonly Float32Array[];
}

/** What a search is told of a step. */
export interface Scores {
	/**
	 * The logarithms of the probabilities of the next tokens of a beam, after all processors; `first` changes them before these. They are the
	 * caller's to change.
	 */
	of(beam: number, first?: (scores: Float32Array) => void): Float32Array;
	/** The same of the likeliest tokens, as many as the search said that it needs, or of all. */
	likeliest(beam: number): TokenScores;
	/** Where a beam looked in the source to say them. */
	attention(beam: number): Float32Array | undefined;
}

/** The search for one input. */
export interface Search {
	/** How many of the likeliest tokens of each beam are enough, where nothing changes their scores; undefined where it needs all. */
	readonly needs?: number;
	/** The sequences that go on; none when it is done. */
	readonly beams: readonly Beam[];
	advance(scores: Scores): void;
	/** What was found, best first. */
	results(): Hypothesis[];
}

/** What a search begins with. */
export interface Begin {
	readonly prompt: readonly number[];
	/** The most tokens of a sequence, prompt included. */
	readonly longest: number;
	/** The number of the input, for what is drawn. */
	readonly input: number;
	readonly settings: Settings;
}

/** The sum of a sequence that is only there to fill the beams: below that of any real one. */
export const filler = -1e9;

/** Whether a beam is a sequence, not a filler or what goes on from one. */
export const isReal = ({ sum }: Pick<Beam, 'sum'>): boolean => sum > filler / 2;

/** Candidates of a step, of which some end: enough for all beams to go on. */
export const candidateCount = (beams: number, { ends }: Settings): number => Math.max(2, 1 + ends.length) * beams;

/** The beams of a search that has only its prompt: one, and fillers, so that the first step does not take the same tokens for all. */
export const firstBeams = (prompt: readonly number[], count: number): readonly Beam[] =>
	Array.from({ length: count }, (_, place) => ({ tokens: prompt, sum: place === 0 ? 0 : filler, from: 0 }));

/** A beam with a token more. */
export function grown(beams: readonly Beam[], at: number, token: number, sum: number, scores: Scores): Beam {
	const { tokens, attention = [] } = beams[at]!;
	const looked = scores.attention(at);
	return { tokens: tokens.concat(token), sum, from: at, ...(looked && { attention: attention.concat(looked) }) };
}

/** The error of options that leave no token. */
export function noToken(tokens: readonly number[]): RangeError {
	return new RangeError(
		`generate: expected a token that the options allow after ${tokens.join(' ')}, got none. Loosen what bans tokens, or allow the end.`,
	);
}
