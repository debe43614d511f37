// An example of each stage of textloom's own, and of what learns one, unfitted and fitted; and documents that every one of them takes.
import type * as textloom from 'textloom';
import {
	type AnyLearner,
	type AnyStage,
	augment,
	basicEnglish,
	bpe,
	characters,
	clean,
	ends,
	labels,
	regexp,
	sentences,
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
}));

const wordLevel = { model: { type: 'WordLevel', vocab: { '<unk>': 0, Storm: 1, the: 2 }, unk_token: '<unk>' } };

/** Rows of the contract suites: the type demands one for each stage that the package exports. */
export const examples: { readonly [Name in OwnNames<typeof textloom>]: readonly (AnyStage | AnyLearner)[] } = {
	clean: [clean({ accents: 'strip' }), clean({ urls: { as: 'URL' }, keep: ['US'], only: 'a-z', repeats: 2 })],
	words: [words({ punctuation: false })],
	basicEnglish: [basicEnglish()],
	whitespace: [whitespace({ offsets: true })],
	regexp: [regexp({ pattern: '[a-z]+', offsets: true })],
	characters: [characters()],
	sentences: [sentences()],
	stopwords: [stopwords({ keep: ['not'], extra: ['ferry'] })],
	stem: [stem({ language: 'de' })],
	ends: [ends({ last: 'eos' })],
	augment: [augment({ drop: 0.5, seed: 3 }), augment({ on: 'text', noise: 1, seed: 3, epoch: 2 })],
	subwords: [subwords(wordLevel, { offsets: true })],
	bpe: [bpe({ size: 300, byteLevel: true })],
	unigram: [unigram({ size: 300 })],
	wordpiece: [wordpiece({ size: 300, minCount: 1 })],
	vocabulary: [vocabulary({ minCount: 2, size: 9 }), await vocabulary({ minCount: 2 }).fit(docs)],
	labels: [labels(), await labels({ order: ['odd', 'even'] }).fit(docs)],
	tfidf: [tfidf({ sublinear: true }), await tfidf({ norm: false }).fit(docs)],
	take: [take(2), take(Number.POSITIVE_INFINITY)],
	skip: [skip(1)],
};

const all = Object.entries(examples).flatMap(([name, of]) => of.map((unit) => [name, unit] as const));

/** All stages, by their names. */
export const stageExamples = all.filter((row): row is [string, AnyStage] => !('fit' in row[1]));

/** All that has to learn first, by its name. */
export const learnerExamples = all.filter((row): row is [string, AnyLearner] => 'fit' in row[1]);
