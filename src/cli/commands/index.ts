// The commands by name: what each is for, and its file, which is loaded when it is called.
import type { CommandRow } from '../command.js';

export const commands = {
	train: { summary: 'train a model: a pipeline by name, or your own files', load: () => import('./train.js') },
	finetune: { summary: 'train a pretrained encoder on your own files', load: () => import('./finetune.js') },
	pretrain: { summary: 'an encoder from texts without labels, for finetune', load: () => import('./pretrain.js') },
	evaluate: { summary: 'how good a saved model is on test documents', load: () => import('./evaluate.js') },
	predict: { summary: 'what a saved model says of texts', load: () => import('./predict.js') },
	generate: { summary: 'what a saved model of translation makes of texts', load: () => import('./generate.js') },
	explain: { summary: 'which words carried what a saved model says', load: () => import('./explain.js') },
	report: { summary: 'a run as one HTML page: curves, confusion, examples', load: () => import('./report.js') },
	models: { summary: 'the models that train takes by --model, with their options', load: () => import('./models.js') },
	corpora: { summary: 'the corpora: list them, get them from where they are published', load: () => import('./corpora.js') },
	vocab: { summary: 'the words of texts, how often they occur, and Zipf’s law', load: () => import('./vocab.js') },
	keywords: { summary: 'what texts are about, by a method or by how good it is', load: () => import('./keywords.js') },
	summarize: { summary: 'the sentences that say most of texts', load: () => import('./summarize.js') },
	segment: { summary: 'the words of Chinese texts, as jieba cuts them', load: () => import('./segment.js') },
	pinyin: { summary: 'Chinese texts in pinyin, by their words', load: () => import('./pinyin.js') },
	vectors: { summary: 'word vectors: similar words, analogies, how good they are, pictures', load: () => import('./vectors.js') },
	info: { summary: 'versions, devices, threads and the data sets found', load: () => import('./info.js') },
	completion: { summary: 'a script that completes commands and flags in your shell', load: () => import('./completion.js') },
} as const satisfies Readonly<Record<string, CommandRow>>;

/** The name of a command. */
export type CommandName = keyof typeof commands;
