// Tatoeba: short Chinese sentences, character by character, into English, by GRUs with attention.
import { bpe, chain, characters, clean, convertChineseText, type Recipe, type Translation, translation, vocabulary } from 'textloom';
import { tatoeba } from 'textloom/corpora/tatoeba';
import { translations } from 'textloom/corpora/translations';
import { recurrentTranslator } from 'textloom/models/seq2seq';
import { adam, schedules, transforms } from 'textloom/optim';

const recipe: Recipe<Translation> = {
	task: translation({ target: bpe({ size: 4000 }), smoothing: 0.1, tokenizer: 'char', generation: { numBeams: 5 } }),
	// Simplified and traditional characters are mixed in the corpus.
	corpus: translations(tatoeba, 'target', { target: (text) => convertChineseText(text, { from: 'traditional', to: 'simplified' }) }),
	stages: chain(clean(), characters(), vocabulary({ minCount: 2 })),
	model: recurrentTranslator({ width: 256, bidirectional: true, dropout: 0.3, tied: 'target' }),
	optimizer: ({ steps }) =>
		transforms.scheduled(schedules.oneCycle({ length: steps, start: 0.1 }))(transforms.clipByNorm({ norm: 1 })(adam({ rate: 2e-3 }))),
	training: { epochs: 12, batchSize: 128, maxLength: 60, validation: 0.03, seed: 17 },
};

export default recipe;
