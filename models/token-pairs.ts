// What models from one sequence of tokens to another take: the same for all of them, and what `pairSamples` makes.

/** What a batch holds: source texts with their lengths, what the decoder reads (the target after its first token), and what it is to say. */
export type Seq2SeqInput = 'source' | 'sourceLengths' | 'target' | 'targets';

/** Ids of tokens in a batch. */
export const tokenIds = (...shape: string[]) => ({ dtype: 'int32', shape }) as const;

/** What the encoder takes: `source` `[batch, source]`, and how many tokens each has. */
export const sourceInputs = { source: tokenIds('batch', 'source'), sourceLengths: tokenIds('batch') } as const;

/** What a step of training takes: beside the source `target` and `targets`, `[batch, target]`. */
export const pairInputs = { ...sourceInputs, target: tokenIds('batch', 'target'), targets: tokenIds('batch', 'target') } as const;
