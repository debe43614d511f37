// Weibo NER, second edition: named entities in Chinese short messages. N. Peng, M. Dredze, 2015; H. He, X. Sun, 2017.
import { type Corpus, corpus, type TaggedSentence } from './corpus.js';
import { blocks } from './formats/blocks.js';
import { columns } from './formats/columns.js';
import { closedLicence, github } from './github.js';

const at = github('OYE93/Chinese-NLP-Corpus', 'e9bb5b5f262466af5d45bcf7ee3380f2cb994907');

/** A message: characters, their tags (BIO of PER, LOC, ORG, GPE, each .NAM or .NOM), and the place of each in its word, from 0. */
export interface WeiboMessage extends TaggedSentence {
	places: number[];
}

const row = columns('weibo-ner', '\t', ['character and place', 'tag']);

/** Weibo NER. */
export const weiboNer: Corpus<WeiboMessage, 'train' | 'validation' | 'test'> = corpus(
	{
		name: 'weibo-ner',
		title: 'Weibo, named entities in Chinese messages',
		kind: 'tagging',
		published: 'https://github.com/hltcoe/golden-horse',
		licence: closedLicence,
		splits: { train: 1_350, validation: 270, test: 270 },
		files: {
			train: [
				{
					path: 'tagging/weibo_ner_train.txt',
					rows: 1_350,
					size: 536_039,
					sha256: '4e8954c54ab33b0afc9a8abb85715c47422645cc6d1b49fdb24540f4a427e997',
					url: at('NER/Weibo/weiboNER_2nd_conll.train'),
				},
			],
			validation: [
				{
					path: 'tagging/weibo_ner_dev.txt',
					rows: 270,
					size: 105_881,
					sha256: 'e72730d83aac680505280b6301c879b3ba470d29ac308979d48cdc58ee4907cc',
					url: at('NER/Weibo/weiboNER_2nd_conll.dev'),
				},
			],
			test: [
				{
					path: 'tagging/weibo_ner_test.txt',
					rows: 270,
					size: 108_767,
					sha256: 'faaf6c0ebde5348b935cfd5c89f0f22c9e0779d60667d8b5efbc647b6707d50e',
					url: at('NER/Weibo/weiboNER_2nd_conll.test'),
				},
			],
		},
	},
	({ path, options }) =>
		blocks(path, {
			...options,
			row: (line) => {
				const [first, tag] = row(line) as [string, string];
				const [, token, place] = /^(.+)(\d)$/su.exec(first) ?? [];
				if (token === undefined) {
					throw new Error(`weibo-ner: expected a character and its place, got ${JSON.stringify(first)}. Correct or remove the message.`);
				}
				return { token, place: Number(place), tag };
			},
			block: (rows) => ({
				tokens: rows.map(({ token }) => token),
				tags: rows.map(({ tag }) => tag),
				places: rows.map(({ place }) => place),
			}),
		}),
);
