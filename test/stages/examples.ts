// An example of each stage of textloom's own, and of what learns one, unfitted and fitted; and documents that every one of them takes.
import type * as textloom from 'textloom';
import {
	type AnyLearner,
	type AnyStage,
	augment,
	basicEnglish,
	bm25,
	bpe,
	characterIds,
	characters,
	clean,
	clusters,
	convertChinese,
	convertNumerals,
	counts,
	documentFeatures,
	documentVector,
	ends,
	fastText,
	hashing,
	idfTable,
	keywords,
	labels,
	latentDirichlet,
	latentSemantics,
	lexrankSummary,
	linearSvm,
	logisticRegression,
	minhash,
	naiveBayes,
	nbSvm,
	nearestNeighbours,
	ngrams,
	nonNegativeFactors,
	oneHot,
	phrases,
	pinyin,
	rakeKeywords,
	regexp,
	segment,
	sentences,
	simhash,
	skip,
	stem,
	stopwords,
	subwords,
	summarize,
	take,
	termIds,
	textrankKeywords,
	textrankSummary,
	tfidf,
	tfidfKeywords,
	unigram,
	vectorImage,
	vocabulary,
	whitespace,
	wordpiece,
	words,
	wordVectors,
	yakeKeywords,
} from 'textloom';
import type { SparseVector } from 'textloom/sparse';
import type { OwnNames } from 'textloom/stream';

export const docs = ['Storm <b>closes</b> the harbour', 'Ferry crew sings the the again', ''].map((text, i) => ({
	text,
	tokens: text.split(' '),
	label: i % 2 ? 'odd' : 'even',
	place: { row: i },
	features: featuresOf(...[[0, 1, 2], [1, 3, 3], []][i]!),
}));

/** How often each of five columns is named. */
function featuresOf(...columns: readonly number[]): SparseVector {
	const indices = Int32Array.from(new Set(columns));
	return { indices, values: Float32Array.from(indices, (column) => columns.filter((one) => one === column).length), size: 5 };
}

/** Vectors of some of the words. */
const vectors = wordVectors({
	words: ['Storm', 'the', 'crew', 'again'],
	width: 3,
	rows: Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
	counts: Uint32Array.of(1, 3, 2, 1),
});

const wordLevel = { model: { type: 'WordLevel', vocab: { '<unk>': 0, Storm: 1, the: 2 }, unk_token: '<unk>' } };

/** What is known of a stage: the fields that it adds or replaces, the one that it needs, if any, and examples of it. */
interface Row {
	readonly needs: 'text' | 'tokens' | 'label' | 'features' | undefined;
	readonly adds: readonly string[];
	readonly examples: readonly (AnyStage | AnyLearner)[];
}

const text = (adds: readonly string[], ...examples: Row['examples']): Row => ({ needs: 'text', adds, examples });
const tokens = (adds: readonly string[], ...examples: Row['examples']): Row => ({ needs: 'tokens', adds, examples });
const classifier = (...examples: Row['examples']): Row => ({ needs: 'features', adds: ['predicted', 'score'], examples });
const features = (adds: readonly string[], ...examples: Row['examples']): Row => ({ needs: 'features', adds, examples });
const verb = (...examples: Row['examples']): Row => ({ needs: undefined, adds: [], examples });

/** Rows of the contract suites: the type demands one for each stage that the package exports. */
export const examples: { readonly [Name in OwnNames<typeof textloom>]: Row } = {
	pinyin: tokens(
		['pinyin'],
		pinyin(),
		pinyin({ on: 'text', tones: 'numbers', others: 'space', all: true }),
		pinyin({ others: 'drop', custom: { 行: 'háng' } }),
	),
	convertChinese: text(['text'], convertChinese({ from: 'traditional', to: 'simplified' })),
	convertNumerals: text(['text'], convertNumerals()),
	clean: text(['text'], clean({ accents: 'strip' }), clean({ urls: { as: 'URL' }, keep: ['US'], only: 'a-z', repeats: 2 })),
	words: text(['tokens'], words({ punctuation: false })),
	basicEnglish: text(['tokens'], basicEnglish()),
	whitespace: text(['tokens'], whitespace({ offsets: true })),
	regexp: text(['tokens'], regexp({ pattern: '[a-z]+', offsets: true })),
	characters: text(['tokens'], characters()),
	segment: text(
		['tokens'],
		segment({ mode: 'search', offsets: true }),
		segment({ dictionary: ['云计算 5 n'], words: ['渡轮 3 n'], tags: true }),
	),
	sentences: text(['sentences'], sentences()),
	stopwords: tokens(['tokens'], stopwords({ keep: ['not'], extra: ['ferry'] })),
	stem: tokens(['tokens'], stem({ language: 'de' })),
	ends: tokens(['tokens'], ends({ last: 'eos' })),
	ngrams: tokens(
		['tokens'],
		ngrams({ from: 1, to: 2, skip: 1 }),
		ngrams({ of: 'within', from: 3 }),
		ngrams({ of: 'characters', from: 2, join: '' }),
	),
	augment: tokens(['tokens', 'text'], augment({ drop: 0.5, seed: 3 }), augment({ on: 'text', noise: 1, seed: 3, epoch: 2 })),
	subwords: text(['tokens', 'ids'], subwords(wordLevel, { offsets: true })),
	bpe: text(['tokens', 'ids'], bpe({ size: 300, byteLevel: true })),
	unigram: text(['tokens', 'ids'], unigram({ size: 300 })),
	wordpiece: text(['tokens', 'ids'], wordpiece({ size: 300, minCount: 1 })),
	characterIds: tokens(['characters'], characterIds({ longest: 4 }), await characterIds({ minCount: 1 }).fit(docs)),
	vocabulary: tokens(['ids'], vocabulary({ minCount: 2, size: 9 }), await vocabulary({ minCount: 2 }).fit(docs)),
	phrases: tokens(['tokens'], phrases({ scoring: 'npmi' }), await phrases({ minCount: 1, threshold: 0.1, connectors: ['the'] }).fit(docs)),
	labels: { needs: 'label', adds: ['target'], examples: [labels(), await labels({ order: ['odd', 'even'] }).fit(docs)] },
	counts: tokens(['features'], counts({ ngramRange: [1, 2], maxFeatures: 4 }), await counts({ binary: true, dtype: 'float64' }).fit(docs)),
	tfidf: tokens(
		['features'],
		tfidf({ sublinear: true }),
		await tfidf({ ngramRange: [1, 2], norm: false }).fit(docs),
		tfidf({ formula: 'lfu', slope: 0.5 }),
	),
	bm25: tokens(['features'], bm25({ delta: 1 }), await bm25({ maxDf: 1 }).fit(docs)),
	hashing: tokens(['features'], hashing({ columns: 64, ngramRange: [1, 2] })),
	oneHot: tokens(['vectors'], oneHot({ minCount: 2 }), await oneHot().fit(docs)),
	termIds: { needs: 'features', adds: ['ids', 'weights'], examples: [termIds()] },
	naiveBayes: classifier(naiveBayes({ alpha: 0.5 }), await naiveBayes({ variant: 'complement' }).fit(docs)),
	logisticRegression: classifier(logisticRegression({ c: 2 }), await logisticRegression({ penalty: 'l1', c: 9 }).fit(docs)),
	linearSvm: classifier(linearSvm({ classWeight: { odd: 2 } }), await linearSvm().fit(docs)),
	nbSvm: classifier(nbSvm({ beta: 0.5 }), await nbSvm({ classifier: 'logistic' }).fit(docs)),
	nearestNeighbours: classifier(nearestNeighbours({ neighbours: 1 }), await nearestNeighbours({ neighbours: 2 }).fit(docs)),
	fastText: tokens(
		['predicted', 'score'],
		fastText({ dim: 4, thread: 1 }),
		await fastText({ dim: 4, thread: 1, wordNgrams: 2, minn: 2, maxn: 3, bucket: 20, loss: 'hs' }).fit(docs),
	),
	minhash: tokens(['signature'], minhash({ permutations: 16 }), minhash({ on: 'text', shingle: 4, seed: 2 })),
	simhash: tokens(['fingerprint'], simhash({ shingle: 2 }), simhash({ on: 'text' })),
	latentSemantics: features(['vector'], latentSemantics({ components: 2 }), await latentSemantics({ components: 2, seed: 3 }).fit(docs)),
	nonNegativeFactors: features(
		['topics'],
		nonNegativeFactors({ components: 2, alpha: 0.1 }),
		...(await Promise.all([
			nonNegativeFactors({ components: 2, init: 'nndsvd' }).fit(docs),
			nonNegativeFactors({ components: 2, loss: 'kullback-leibler' }).fit(docs),
		])),
	),
	latentDirichlet: features(
		['topics'],
		latentDirichlet({ topics: 2, learning: 'batch' }),
		await latentDirichlet({ topics: 2, passes: 2 }).fit(docs),
	),
	clusters: features(['cluster'], clusters({ clusters: 2 }), await clusters({ clusters: 2, spherical: true }).fit(docs)),
	documentVector: tokens(['vector'], documentVector(vectors), documentVector(vectors, { preNormalize: false, smooth: 0.001 })),
	documentFeatures: tokens(['features'], documentFeatures(vectors, { postNormalize: true })),
	vectorImage: tokens(['image'], vectorImage(vectors, { length: 4 }), vectorImage(vectors, { padding: 0, unknown: 'padding' })),
	keywords: tokens(
		['keywords'],
		keywords(rakeKeywords({ longest: 3 })),
		keywords(textrankKeywords({ window: 3, top: Number.POSITIVE_INFINITY })),
		keywords(textrankKeywords({ variant: 'jieba', tags: false, stopwords: ['the'] })),
		keywords(textrankKeywords({ variant: 'summa', words: 2 })),
		keywords(yakeKeywords({ similarity: 'levenshtein', stopwords: false })),
		keywords(tfidfKeywords(idfTable([['Storm', 2.5]]))),
		keywords(tfidfKeywords(await tfidf({ ngramRange: [1, 2] }).fit(docs), { stopwords: 'en' })),
	),
	summarize: text(['summary'], summarize(textrankSummary({ sentences: 1 })), summarize(lexrankSummary({ threshold: false, stem: false }))),
	take: verb(take(2), take(Number.POSITIVE_INFINITY)),
	skip: verb(skip(1)),
};

const all = Object.entries(examples).flatMap(([name, { examples }]) => examples.map((unit) => [name, unit] as const));

/** All stages, by their names. */
export const stageExamples = all.filter((row): row is [string, AnyStage] => !('fit' in row[1]));

/** All that has to learn first, by its name. */
export const learnerExamples = all.filter((row): row is [string, AnyLearner] => 'fit' in row[1]);
