// What the results of the README are of: pipelines that the command line trains by name, and ensembles of their runs.

/** One result: a pipeline, or the vote of several. */
export interface Case {
	readonly name: string;
	/** What it is, for the table. */
	readonly model: string;
	readonly corpus: string;
	/** What others have, for the table. */
	readonly beside?: string;
	/** The least accuracy that it must have. */
	readonly goal?: number;
	/** Pipelines whose runs vote, by the mean of their probabilities. */
	readonly vote?: readonly string[];
}

const agNews = 'AG News, 13,420 of its rows';
const hotel = 'ChnSentiCorp, hotel reviews';
const shopping = 'shopping reviews';
const thucnews = 'THUCNews titles';
const svm = (accuracy: number) => `linear SVM ${accuracy}`;

/** All results, in the order of the table. */
export const cases: readonly Case[] = [
	{
		name: 'ag-news',
		model: 'word CNN',
		corpus: agNews,
		goal: 0.885,
		beside: `${svm(89.3)}, fastText 87.2; all rows: Zhang 2015 90.1–91.5`,
	},
	{ name: 'ag-news-char-cnn', model: 'character CNN', corpus: agNews, goal: 0.84, beside: 'all rows: Zhang 2015 84.4–90.2' },
	{ name: 'ag-news-gru', model: 'GRU', corpus: agNews, goal: 0.875 },
	{ name: 'ag-news-lstm', model: 'LSTM', corpus: agNews, goal: 0.875, beside: 'all rows: Zhang 2015 86.1' },
	{ name: 'ag-news-bigru', model: 'GRU in both directions', corpus: agNews, goal: 0.875 },
	{ name: 'ag-news-bilstm', model: 'LSTM in both directions', corpus: agNews, goal: 0.875 },
	{ name: 'ag-news-attention', model: 'self-attention', corpus: agNews, goal: 0.875 },
	{ name: 'ag-news-terms', model: 'TF-IDF → perceptron', corpus: agNews },
	{
		...{ name: 'ag-news-vote', model: 'soft vote', corpus: agNews, goal: 0.9, beside: svm(89.3) },
		vote: ['ag-news', 'ag-news-gru', 'ag-news-bilstm', 'ag-news-attention', 'ag-news-terms'],
	},
	{ name: 'imdb', model: 'word CNN', corpus: 'IMDB', goal: 0.885, beside: 'Kim-style CNNs 87–89' },
	{ name: 'imdb-gru', model: 'GRU, one sigmoid unit', corpus: 'IMDB' },
	{ name: 'imdb-bilstm', model: 'LSTM in both directions', corpus: 'IMDB', goal: 0.88, beside: 'Dai 2015 LSTM 86.5' },
	{ name: 'imdb-nb-svm', model: 'NB-SVM of 1 to 3 words', corpus: 'IMDB', beside: 'Wang 2012 91.2; SVM 90.7' },
	{
		...{ name: 'imdb-vote', model: 'soft vote', corpus: 'IMDB', goal: 0.915, beside: 'NB-SVM 91.2–91.8' },
		vote: ['imdb', 'imdb-bilstm', 'imdb-nb-svm'],
	},
	{ name: 'trec', model: 'word CNN', corpus: 'TREC', goal: 0.9, beside: 'Kim 2014, random vectors 91.2' },
	{ name: 'sst5', model: 'word CNN', corpus: 'SST-5 sentences', goal: 0.415, beside: `${svm(40.7)}, fastText 41.1` },
	{
		name: 'thucnews',
		model: 'CNN over characters',
		corpus: thucnews,
		goal: 0.88,
		beside: `${svm(90.1)}, fastText 89.2; 180,000 rows: TextCNN 91.2`,
	},
	{ name: 'thucnews-words', model: 'jieba → Word2Vec → CNN', corpus: thucnews },
	{ name: 'thucnews-one-hot', model: 'character CNN, one-hot', corpus: thucnews },
	{ name: 'thucnews-char-cnn', model: 'character CNN, vectors', corpus: thucnews },
	{ name: 'thucnews-pinyin', model: 'character CNN, pinyin without tones', corpus: thucnews },
	{ name: 'thucnews-gru', model: 'GRU in both directions', corpus: thucnews, goal: 0.88 },
	{ name: 'thucnews-attention', model: 'self-attention', corpus: thucnews, goal: 0.88 },
	{ name: 'thucnews-terms', model: 'TF-IDF → perceptron', corpus: thucnews },
	{
		...{ name: 'thucnews-vote', model: 'soft vote', corpus: thucnews, goal: 0.905, beside: svm(90.1) },
		vote: ['thucnews-words', 'thucnews-gru', 'thucnews-attention', 'thucnews-terms'],
	},
	{ name: 'chn-senti-corp', model: 'CNN over characters', corpus: hotel },
	{ name: 'chn-senti-corp-terms', model: 'TF-IDF → perceptron', corpus: hotel },
	{ name: 'chn-senti-corp-svm', model: 'linear SVM of 1 to 3 characters', corpus: hotel },
	{ name: 'chn-senti-corp-words', model: 'linear SVM of 1 to 2 words', corpus: hotel },
	{ name: 'chn-senti-corp-vote', model: 'soft vote', corpus: hotel, vote: ['chn-senti-corp-svm', 'chn-senti-corp-words'] },
	{ name: 'online-shopping', model: 'CNN over characters', corpus: shopping },
	{ name: 'online-shopping-terms', model: 'TF-IDF → perceptron', corpus: shopping },
	{ name: 'online-shopping-vote', model: 'soft vote', corpus: shopping, vote: ['online-shopping', 'online-shopping-terms'] },
];

/** A pipeline of translation. */
export interface TranslationCase extends Pick<Case, 'name' | 'model' | 'corpus'> {
	/** What BLEU compares. */
	readonly of: string;
	/** The least BLEU that it must have. */
	readonly goal?: number;
}

/** All translations, in the order of the table. */
export const translations: readonly TranslationCase[] = [
	{
		...{ name: 'translate-multi30k-gru', model: 'GRU with attention', corpus: 'Multi30k, German to English, test of 2016' },
		...{ of: 'words in lower case', goal: 30 },
	},
	{
		...{ name: 'translate-multi30k', model: 'transformer', corpus: 'Multi30k, German to English, test of 2016' },
		...{ of: 'words in lower case', goal: 34 },
	},
	{ name: 'translate-tatoeba-zh', model: 'GRU with attention', corpus: 'Tatoeba, English to Chinese', of: 'characters' },
	{ name: 'translate-tatoeba-en', model: 'GRU with attention', corpus: 'Tatoeba, Chinese to English', of: 'characters' },
];
