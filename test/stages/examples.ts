// An example of each built-in stage, unfitted and fitted, and documents that every one of them takes.
import {
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
	stopwords,
	subwords,
	tfidf,
	unigram,
	vocabulary,
	whitespace,
	wordpiece,
	words,
} from 'textloom';

export const docs = ['Storm <b>closes</b> the harbour', 'Ferry crew sings the the again', ''].map((text, i) => ({
	text,
	tokens: text.split(' '),
	label: i % 2 ? 'odd' : 'even',
}));

/** Rows of the contract suites: a new built-in stage is one row. */
export const builtInExamples: [name: string, stage: AnyStage][] = [
	['clean', clean({ accents: 'strip' })],
	['clean', clean({ urls: { as: 'URL' }, keep: ['US'], only: 'a-z', repeats: 2 })],
	['words', words({ punctuation: false })],
	['basicEnglish', basicEnglish()],
	['whitespace', whitespace({ offsets: true })],
	['regexp', regexp({ pattern: '[a-z]+', offsets: true })],
	['characters', characters()],
	['sentences', sentences()],
	['stopwords', stopwords({ keep: ['not'], extra: ['ferry'] })],
	['ends', ends({ last: 'eos' })],
	['augment', augment({ drop: 0.5, seed: 3 })],
	['augment', augment({ on: 'text', noise: 1, seed: 3, epoch: 2 })],
	['subwords', subwords({ model: { type: 'WordLevel', vocab: { '<unk>': 0, Storm: 1, the: 2 }, unk_token: '<unk>' } }, { offsets: true })],
	['bpe', bpe({ size: 300, byteLevel: true })],
	['unigram', unigram({ size: 300 })],
	['wordpiece', wordpiece({ size: 300, minCount: 1 })],
	['vocabulary', vocabulary({ minCount: 2, size: 9 })],
	['vocabulary', await vocabulary({ minCount: 2 }).fit(docs)],
	['labels', labels()],
	['labels', await labels({ order: ['odd', 'even'] }).fit(docs)],
	['tfidf', tfidf({ sublinear: true })],
	['tfidf', await tfidf({ norm: false }).fit(docs)],
];
