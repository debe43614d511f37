// Training step of a classifier by self-attention: 64 texts of 100 words, 20,000 words of 128 numbers, 4 heads; against PyTorch's.
import { attentionClassifier } from 'textloom/models/attention';
import { textClassifier } from './support/text-batch.js';
import { trainingStep } from './support/training-step.js';

export const run = (options: { peers?: string; tables?: string }) =>
	trainingStep({ ...options, ...textClassifier(attentionClassifier()), name: 'attention' });
