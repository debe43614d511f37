// Prediction by BERT-mini of 16 texts of 128 words, 30,522 words; against PyTorch's.
import { bert } from 'textloom/models/bert';
import { prediction } from './support/prediction.js';

export const run = ({ peers }: { peers?: string }) =>
	prediction({ name: 'bert', int8: true, architecture: bert(), batch: 16, time: 128, vocabulary: 30_522, peers });
