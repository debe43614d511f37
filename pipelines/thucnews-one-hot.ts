// THUCNews: the topic of a Chinese title, by a character CNN over its characters, which are one-hot vectors.
import { chain, characters, clean, type Recipe, type TextClassification, textClassification, vocabulary } from 'textloom';
import { thucnews } from 'textloom/corpora/thucnews';
import { charCnn } from 'textloom/models/char-cnn';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: thucnews,
	stages: chain(clean(), characters(), vocabulary({ minCount: 2, size: 4000 })),
	model: charCnn({ size: 'title', length: 32 }),
	optimizer: transforms.averaged({ decay: 0.995 })(adam({ rate: 1e-3 })),
	training: { epochs: 4, batchSize: 64, validation: 0.05, patience: 3, seed: 17 },
};

export default recipe;
