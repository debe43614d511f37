// Multi30k: descriptions of pictures from German into English, by a transformer over subwords.
import { bpe, chain, clean, type Recipe, type Translation, translation } from 'textloom';
import { multi30kDe } from 'textloom/corpora/multi30k';
import { translations } from 'textloom/corpora/translations';
import { transformerTranslator } from 'textloom/models/transformer-seq2seq';
import { adam, schedules, transforms } from 'textloom/optim';

const recipe: Recipe<Translation> = {
	task: translation({ smoothing: 0.1, lowercase: true, generation: { numBeams: 5 } }),
	corpus: translations(multi30kDe, 'target'),
	// Both languages share their subwords, and the vectors of these.
	stages: chain(clean(), bpe({ size: 4000 })),
	model: transformerTranslator({ width: 192, layers: 3, heads: 4, hidden: 512, dropout: 0.2, tied: 'all' }),
	optimizer: transforms.averaged({ decay: 0.998 })(
		transforms.scheduled(schedules.inverseSquareRoot({ warmup: 800 }))(adam({ rate: 1.2e-3, beta2: 0.98 })),
	),
	training: { epochs: 24, batchSize: 128, maxLength: 100, validation: 0.03, seed: 17 },
};

export default recipe;
