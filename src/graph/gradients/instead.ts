// What to use in the place of operators that have no gradient, though others that do the same have one.
import type { OpName } from '../ops/index.js';

/** What to do, by operator; it follows the message and has no stop. */
export const instead: Partial<Record<OpName, string>> = {
	If: 'Compute both cases and choose by where',
	Loop: 'Write it with scan, which has a gradient',
	GRU: 'Write it with scan, as nn.gru does',
	LSTM: 'Write it with scan, as nn.lstm does',
	RNN: 'Write it with scan, as nn.rnn does',
};
