// Prediction by a GRU of 64 texts of 100 words, 20,000 words of 100 numbers, a state of 128; against PyTorch's.
import { gruClassifier } from 'textloom/models/recurrent';
import { prediction } from './support/prediction.js';

export const run = ({ peers }: { peers?: string }) => prediction({ name: 'gru', int8: true, architecture: gruClassifier(), peers });
