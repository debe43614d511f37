// Training step of BERT-mini with a classification head: 16 texts of 128 tokens, 30,522 words, dropout 0.1; against PyTorch's. `--no-dropout` leaves it out.
import { bert } from 'textloom/models/bert';
import { textClassifier } from './support/text-batch.js';
import { trainingStep } from './support/training-step.js';

const sizes = { batch: 16, time: 128, vocabulary: 30_522 };

export const run = ({ 'no-dropout': without = false, ...options }: { peers?: string; tables?: string; 'no-dropout'?: boolean }) =>
	trainingStep({
		...{ ...options, ...textClassifier(bert(without ? { dropout: 0 } : {}), sizes), name: 'bert' },
		steps: 10,
		modes: without ? ['--fused', '--no-dropout'] : ['--fused'],
	});
