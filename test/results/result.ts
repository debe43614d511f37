// Results as they are kept in results.json and translations.json.

/** A run: what it was of, and where it ran. */
interface Run {
	readonly test: number;
	/** Documents that were trained on, those of the validation among them. */
	readonly training: number;
	readonly parameters: number;
	/** Of the whole command: reading, training, testing. Of a vote those of its members, too. */
	readonly seconds: number;
	readonly seed: number;
	readonly version: string;
	readonly commit: string;
	/** The instruction set of the processor. */
	readonly machine: string;
}

/** What a pipeline, or a vote of several, came to. */
export interface Result extends Run {
	/** Of the test documents. */
	readonly accuracy: number;
}

/** What a pipeline of translation came to, in percent. */
export interface TranslationResult extends Run {
	/** As the pipeline generates, and by the likeliest token each time. */
	readonly bleu: number;
	readonly greedy: number;
	readonly chrf: number;
}

/** All results by the names of their cases. */
export type Results = Record<string, Result>;
export type TranslationResults = Record<string, TranslationResult>;
