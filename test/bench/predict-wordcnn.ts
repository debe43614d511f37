// Prediction by the word CNN of 64 texts of 100 words, 20,000 words of 100 numbers, 3 × 100 filters; against PyTorch's.
import { wordCnn } from 'textloom/models/word-cnn';
import { prediction } from './support/prediction.js';

export const run = ({ peers }: { peers?: string }) => prediction({ name: 'wordcnn', architecture: wordCnn(), peers });
