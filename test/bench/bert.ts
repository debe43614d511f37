// Training step of BERT-mini with a classification head: 16 texts of 128 tokens, 30,522 words, dropout 0.1; against PyTorch's.
import { bert } from 'textloom/models/bert';
import { trainingStep } from './support/training-step.js';

export const run = (options: { peers?: string; tables?: string }) =>
	trainingStep({ ...options, name: 'bert', architecture: bert(), batch: 16, time: 128, vocabulary: 30_522 });
