// The models. Those that a recipe takes are here by their names: the command line has them from here.
import type { Architecture } from 'textloom/train';
import { attentionClassifier } from './attention.js';
import { bert } from './bert.js';
import { charCnn } from './char-cnn.js';
import { bayesClassifier, logisticClassifier, nbSvmClassifier, svmClassifier } from './linear.js';
import { gruClassifier, lstmClassifier, rnnClassifier } from './recurrent.js';
import { tagger } from './tagger.js';
import { termMlp } from './term-mlp.js';
import { wordCnn } from './word-cnn.js';

export * from './attention.js';
export * from './bert.js';
export * from './char-cnn.js';
export * from './linear.js';
export * from './mlp.js';
export * from './recurrent.js';
export * from './seq2seq.js';
export * from './tagger.js';
export * from './term-mlp.js';
export * from './word-cnn.js';

/** What a recipe can train, by name: each takes options of its own. */
export const architectures = {
	'word-cnn': wordCnn,
	'char-cnn': charCnn,
	rnn: rnnClassifier,
	gru: gruClassifier,
	lstm: lstmClassifier,
	attention: attentionClassifier,
	bert,
	tagger,
	'term-mlp': termMlp,
	svm: svmClassifier,
	logistic: logisticClassifier,
	bayes: bayesClassifier,
	'nb-svm': nbSvmClassifier,
} as const satisfies Readonly<Record<string, (options?: never) => Architecture>>;
