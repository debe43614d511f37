// A result as it is kept in results.json.

/** What a pipeline, or a vote of several, came to. */
export interface Result {
	/** Of the test documents. */
	readonly accuracy: number;
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

/** All results by the names of their cases. */
export type Results = Record<string, Result>;
