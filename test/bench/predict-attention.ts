// Prediction by self-attention of 64 texts of 100 words, 20,000 words of 128 numbers, 4 heads; against PyTorch's.
import { attentionClassifier } from 'textloom/models/attention';
import { prediction } from './support/prediction.js';

export const run = ({ peers }: { peers?: string }) =>
	prediction({ name: 'attention', int8: true, architecture: attentionClassifier(), peers });
