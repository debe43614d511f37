// Training step of a classifier by LSTM: 64 texts of 100 words, 20,000 words of 100 numbers, a state of 128; against PyTorch's.
import { lstmClassifier } from 'textloom/models/recurrent';
import { textClassifier } from './support/text-batch.js';
import { trainingStep } from './support/training-step.js';

export const run = (options: { peers?: string; tables?: string }) =>
	trainingStep({ ...options, ...textClassifier(lstmClassifier()), name: 'lstm' });
