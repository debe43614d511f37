// Multi30k: descriptions of pictures from German into English, by GRUs with attention over subwords.
import { bpe, chain, clean, type Recipe, type Translation, translation } from 'textloom';
import { multi30kDe } from 'textloom/corpora/multi30k';
import { translations } from 'textloom/corpora/translations';
import { recurrentTranslator } from 'textloom/models/seq2seq';
import { adam, schedules, transforms } from 'textloom/optim';

const recipe: Recipe<Translation> = {
	task: translation({ smoothing: 0.1, lowercase: true, generation: { numBeams: 5 } }),
	corpus: translations(multi30kDe, 'target'),
	// Both languages share their subwords, and the vectors of these.
	stages: chain(clean(), bpe({ size: 4000 })),
	model: recurrentTranslator({ width: 256, bidirectional: true, dropout: 0.3, tied: 'all' }),
	optimizer: ({ steps }) =>
		transforms.scheduled(schedules.oneCycle({ length: steps, start: 0.1 }))(transforms.clipByNorm({ norm: 1 })(adam({ rate: 2e-3 }))),
	training: { epochs: 14, batchSize: 128, maxLength: 100, validation: 0.03, seed: 17 },
};

export default recipe;
