// Training step of the character CNN: 32 texts of 1014 characters, 70 characters, 6 × 256 filters, dropout 0.5; against PyTorch's.
import { charCnn } from 'textloom/models/char-cnn';
import { textClassifier } from './support/text-batch.js';
import { trainingStep } from './support/training-step.js';

const sizes = { batch: 32, time: 1014, vocabulary: 70 };

export const run = (options: { peers?: string }) =>
	trainingStep({ ...options, ...textClassifier(charCnn(), sizes), name: 'charcnn', steps: 16 });
