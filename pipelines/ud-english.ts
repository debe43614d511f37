// UD English: the part of speech of each word, by an LSTM over words and their characters.
import { chain, characterIds, type Recipe, type TokenClassification, tokenClassification, vocabulary } from 'textloom';
import { udEnglish } from 'textloom/corpora/ud-english';
import { tagger } from 'textloom/models/tagger';
import { adam } from 'textloom/optim';

const recipe: Recipe<TokenClassification> = {
	task: tokenClassification(),
	corpus: udEnglish,
	stages: chain(vocabulary({ minCount: 2 }), characterIds()),
	model: tagger(),
	optimizer: adam({ rate: 2e-3 }),
	training: { epochs: 8, batchSize: 32, maxLength: 100, validation: 0.05, patience: 2, seed: 17 },
};

export default recipe;
