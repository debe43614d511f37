// What a search asks of a model: the first step over its inputs, and one step more for sequences that go on.

/** What a model says of the next token of each row: logits of all, or the likeliest alone. */
export type Step = (Logits | Likeliest) & Looks;

/** Logits of all tokens. */
export interface Logits {
	/** `[rows × vocabulary]`; whoever gets them may change them. */
	readonly logits: Float32Array;
	/** How many tokens there are. */
	readonly vocabulary: number;
}

/** The likeliest tokens of each row, best first. */
export interface Likeliest {
	/** The logarithms of their probabilities, `[rows × count]`. */
	readonly scores: Float32Array;
	readonly tokens: Int32Array;
	readonly count: number;
}

/** Where a model looked. */
export interface Looks {
	/** Where each row looked in its source, `[rows × the longest source]`, if the model says so. */
	readonly attention?: Float32Array;
}

/** Sequences under way. */
export interface Decoding {
	/** What each row begins with: the decoder's start, or the prompt. */
	readonly prompts: readonly (readonly number[])[];
	/** How many tokens there are. */
	readonly vocabulary: number;
	/** What comes after the prompts, a row for each. Where a number of the likeliest is enough, `likeliest` says so; a model may give logits all the same. */
	first(likeliest?: number): Promise<Step>;
	/** The next step: row i goes on from row `rows[i]` of the step before, with `tokens[i]`. Rows may be left out, and taken several times. */
	step(tokens: Int32Array, rows: Int32Array, likeliest?: number): Promise<Step>;
	/** Lets go of what is kept between steps. */
	release(): Promise<void>;
}

/** Tokens that mean something to a search. */
export interface Marks {
	/** What sequences end with; none where they only end by their length. */
	readonly end?: number | readonly number[];
	/** What stands where a sequence has ended. */
	readonly padding?: number;
}

/** A model that goes on with sequences. */
export interface Decoder {
	/** `source` where an encoder reads the inputs and the decoder begins with its start; `prompt` where inputs are what goes on. */
	readonly reads: 'source' | 'prompt';
	readonly marks: Marks;
	/** The most tokens of a sequence, its prompt included, where the model has a limit. */
	readonly maxLength?: number;
	/** The most tokens of an input, where there is a limit. */
	readonly maxInput?: number;
	/** Further ones of the same model, in threads of their own, which take their shares of the inputs under way. */
	readonly beside?: readonly Decoder[];
	/** Reads inputs, each at least one token. */
	begin(inputs: readonly (readonly number[])[]): Promise<Decoding>;
	/** Ends the model's sessions. */
	close(): Promise<void>;
}
