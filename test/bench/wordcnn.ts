// Training step of the word CNN: 64 texts of 100 words, 20,000 words of 100 numbers, 3 × 100 filters, dropout 0.5; against PyTorch's. The table
// is updated lazily (touched rows only), as SparseAdam does; `--tables graph` keeps it in the graph. PyTorch is fastest with fused Adam and
// dense gradients here.
import { wordCnn } from 'textloom/models/word-cnn';
import { textClassifier } from './support/text-batch.js';
import { trainingStep } from './support/training-step.js';

export const run = (options: { peers?: string; tables?: string }) =>
	trainingStep({ ...options, ...textClassifier(wordCnn()), name: 'wordcnn' });
