// The models. Those that a recipe takes are here by their names: the command line has them from here.
import type { Architecture } from 'textloom/train';
import { attentionClassifier } from './attention.js';
import { bagClassifier } from './bag.js';
import { bert } from './bert.js';
import { charCnn } from './char-cnn.js';
import { deepCnn } from './deep-cnn.js';
import { dilatedCnn } from './dilated-cnn.js';
import { imageCnn } from './image-cnn.js';
import { bayesClassifier, logisticClassifier, nbSvmClassifier, svmClassifier } from './linear.js';
import { rcnn } from './rcnn.js';
import { gruClassifier, lstmClassifier, rnnClassifier } from './recurrent.js';
import { selfAttention } from './self-attention.js';
import { separableCnn } from './separable-cnn.js';
import { recurrentTranslator } from './seq2seq.js';
import { tagger } from './tagger.js';
import { termMlp } from './term-mlp.js';
import { transformer } from './transformer.js';
import { transformerTranslator } from './transformer-seq2seq.js';
import { wordCnn } from './word-cnn.js';

export * from './attention.js';
export * from './bag.js';
export * from './bert.js';
export { type BertEncoderOptions, bertEncoder } from './bert-encoder.js';
export * from './char-cnn.js';
export * from './deep-cnn.js';
export * from './dilated-cnn.js';
export * from './image-cnn.js';
export * from './linear.js';
export * from './mlp.js';
export * from './rcnn.js';
export * from './recurrent.js';
export type { ScheduledSampling } from './scheduled-sampling.js';
export * from './self-attention.js';
export * from './separable-cnn.js';
export * from './seq2seq.js';
export * from './tagger.js';
export * from './term-mlp.js';
export * from './transformer.js';
export * from './transformer-seq2seq.js';
export * from './word-cnn.js';

/** What a recipe can train, by name: each takes options of its own. */
export const architectures = {
	'word-cnn': wordCnn,
	'char-cnn': charCnn,
	bag: bagClassifier,
	'image-cnn': imageCnn,
	'deep-cnn': deepCnn,
	'separable-cnn': separableCnn,
	'dilated-cnn': dilatedCnn,
	rnn: rnnClassifier,
	gru: gruClassifier,
	lstm: lstmClassifier,
	rcnn,
	'self-attention': selfAttention,
	attention: attentionClassifier,
	transformer,
	bert,
	tagger,
	'term-mlp': termMlp,
	svm: svmClassifier,
	logistic: logisticClassifier,
	bayes: bayesClassifier,
	'nb-svm': nbSvmClassifier,
	'recurrent-translator': recurrentTranslator,
	'transformer-translator': transformerTranslator,
} as const satisfies Readonly<Record<string, (options?: never) => Architecture>>;
