// Training step of a classifier by RNN: 64 texts of 100 words, 20,000 words of 100 numbers, a state of 128; against PyTorch's.
import { rnnClassifier } from 'textloom/models/recurrent';
import { textClassifier } from './support/text-batch.js';
import { trainingStep } from './support/training-step.js';

export const run = (options: { peers?: string; tables?: string }) =>
	trainingStep({ ...options, ...textClassifier(rnnClassifier()), name: 'rnn' });
