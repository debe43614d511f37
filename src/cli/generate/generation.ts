// The flags of generation as the options that they stand for.
import type { TranslationGeneration } from '../../train/recipes.js';

/** What the command line says of hypotheses. */
export interface BeamFlags {
	readonly beams: number | undefined;
	readonly lengthPenalty: number | undefined;
}

/** What else it says of generation. */
export interface GenerationFlags extends BeamFlags {
	readonly maxTokens: number | undefined;
	readonly minTokens: number | undefined;
	readonly alternatives: number | undefined;
	readonly coverage: number | undefined;
	readonly noRepeat: number | undefined;
	readonly repetition: number | undefined;
	readonly draw: boolean;
	readonly temperature: number | undefined;
	readonly topK: number | undefined;
	readonly topP: number | undefined;
	readonly minP: number | undefined;
	readonly seed: number | undefined;
	readonly attention: boolean;
}

/** What was said; undefined where nothing was. */
export function generationOf(flags: BeamFlags & Partial<GenerationFlags>): TranslationGeneration | undefined {
	const { beams, lengthPenalty, maxTokens, minTokens, alternatives, coverage, noRepeat, repetition } = flags;
	const { draw, temperature, topK, topP, minP, seed, attention } = flags;
	const said: TranslationGeneration = {
		...{ numBeams: beams, lengthPenalty, maxNewTokens: maxTokens, minNewTokens: minTokens, coveragePenalty: coverage },
		numReturnSequences: alternatives === undefined ? undefined : alternatives + 1,
		...{ noRepeatNgramSize: noRepeat, repetitionPenalty: repetition },
		...{ doSample: draw || undefined, temperature, topK, topP, minP, seed, attention: attention || undefined },
	};
	const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
	return Object.keys(given).length > 0 ? given : undefined;
}
