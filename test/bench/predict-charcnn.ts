// Prediction by the character CNN of 32 texts of 1014 characters, 70 characters, 6 × 256 filters; against PyTorch's.
import { charCnn } from 'textloom/models/char-cnn';
import { prediction } from './support/prediction.js';

export const run = ({ peers }: { peers?: string }) =>
	prediction({ name: 'charcnn', architecture: charCnn(), batch: 32, time: 1014, vocabulary: 70, peers });
