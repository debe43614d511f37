// An example of each stage of textloom's own, and of what learns one, unfitted and fitted; and documents that every one of them takes.
import type * as textloom from 'textloom';
import {
	type AnyLearner,
	type AnyStage,
	augment,
	basicEnglish,
	bpe,
	characterIds,
	characters,
	clean,
	ends,
	labels,
	minhash,
	regexp,
	sentences,
	simhash,
	skip,
	stem,
	stopwords,
	subwords,
	take,
	tfidf,
	unigram,
	vocabulary,
	whitespace,
	wordpiece,
	words,
} from 'textloom';
import type { OwnNames } from 'textloom/stream';

export const docs = ['Storm <b>closes</b> the harbour', 'Ferry crew sings the the again', ''].map((text, i) => ({
	text,
	tokens: text.split(' '),
	label: i % 2 ? 'odd' : 'even',
	place: { row: i },
}));

const wordLevel = { model: { type: 'WordLevel', vocab: { '<unk>': 0, Storm: 1, the: 2 }, unk_token: '<unk>' } };

/** What is known of a stage: the fields that it adds or replaces, the one that it needs, if any, and examples of it. */
interface Row {
	readonly needs: 'text' | 'tokens' | 'label' | undefined;
	readonly adds: readonly string[];
	readonly examples: readonly (AnyStage | AnyLearner)[];
}

const text = (adds: readonly string[], ...examples: Row['examples']): Row => ({ needs: 'text', adds, examples });
const tokens = (adds: readonly string[], ...examples: Row['examples']): Row => ({ needs: 'tokens', adds, examples });
const verb = (...examples: Row['examples']): Row => ({ needs: undefined, adds: [], examples });

/** Rows of the contract suites: the type demands one for each stage that the package exports. */
export const examples: { readonly [Name in OwnNames<typeof textloom>]: Row } = {
	clean: text(['text'], clean({ accents: 'strip' }), clean({ urls: { as: 'URL' }, keep: ['US'], only: 'a-z', repeats: 2 })),
	words: text(['tokens'], words({ punctuation: false })),
	basicEnglish: text(['tokens'], basicEnglish()),
	whitespace: text(['tokens'], whitespace({ offsets: true })),
	regexp: text(['tokens'], regexp({ pattern: '[a-z]+', offsets: true })),
	characters: text(['tokens'], characters()),
	sentences: text(['sentences'], sentences()),
	stopwords: tokens(['tokens'], stopwords({ keep: ['not'], extra: ['ferry'] })),
	stem: tokens(['tokens'], stem({ language: 'de' })),
	ends: tokens(['tokens'], ends({ last: 'eos' })),
	augment: tokens(['tokens', 'text'], augment({ drop: 0.5, seed: 3 }), augment({ on: 'text', noise: 1, seed: 3, epoch: 2 })),
	subwords: text(['tokens', 'ids'], subwords(wordLevel, { offsets: true })),
	bpe: text(['tokens', 'ids'], bpe({ size: 300, byteLevel: true })),
	unigram: text(['tokens', 'ids'], unigram({ size: 300 })),
	wordpiece: text(['tokens', 'ids'], wordpiece({ size: 300, minCount: 1 })),
	characterIds: tokens(['characters'], characterIds({ longest: 4 }), await characterIds({ minCount: 1 }).fit(docs)),
	vocabulary: tokens(['ids'], vocabulary({ minCount: 2, size: 9 }), await vocabulary({ minCount: 2 }).fit(docs)),
	labels: { needs: 'label', adds: ['target'], examples: [labels(), await labels({ order: ['odd', 'even'] }).fit(docs)] },
	tfidf: tokens(['weights'], tfidf({ sublinear: true }), await tfidf({ norm: false }).fit(docs)),
	minhash: tokens(['signature'], minhash({ permutations: 16 }), minhash({ on: 'text', shingle: 4, seed: 2 })),
	simhash: tokens(['fingerprint'], simhash({ shingle: 2 }), simhash({ on: 'text' })),
	take: verb(take(2), take(Number.POSITIVE_INFINITY)),
	skip: verb(skip(1)),
};

const all = Object.entries(examples).flatMap(([name, { examples }]) => examples.map((unit) => [name, unit] as const));

/** All stages, by their names. */
export const stageExamples = all.filter((row): row is [string, AnyStage] => !('fit' in row[1]));

/** All that has to learn first, by its name. */
export const learnerExamples = all.filter((row): row is [string, AnyLearner] => 'fit' in row[1]);
