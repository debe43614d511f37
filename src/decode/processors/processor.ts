// The one form that all processors have.

/** Changes the scores of the tokens that may come after `tokens`, prompt included. */
export type Processor = (scores: Float32Array, tokens: readonly number[]) => void;
