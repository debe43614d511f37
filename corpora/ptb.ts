// Penn Treebank as a text for language models. T. Mikolov: Statistical Language Models Based on Neural Networks, 2012.
import { type Corpus, corpus } from './corpus.js';
import { textLines } from './formats/lines.js';
import { github } from './github.js';

const at = github('townie/PTB-dataset-from-Tomas-Mikolov-s-webpage', '06529ac968955ffc29a4668d68b93dadcfe55f2e');

/** PTB: one sentence a line, lower case, rare words `<unk>`, numbers `N`; 887,521 + 70,390 + 78,669 words. The spaces around a line are left out. */
export const ptb: Corpus<{ text: string }, 'train' | 'validation' | 'test'> = corpus(
	{
		name: 'ptb',
		title: 'Penn Treebank for language models',
		kind: 'text',
		published: 'http://www.fit.vutbr.cz/~imikolov/rnnlm/',
		licence: 'research / non-commercial use; the texts belong to the LDC, not to be passed on',
		splits: { train: 42_068, validation: 3_370, test: 3_761 },
		files: {
			train: [
				{
					path: 'lm/ptb.train.txt',
					rows: 42_068,
					size: 5_101_618,
					sha256: 'fcea919f6cf83f35d4d00c6cbf08040d13d4155226340912e2fef9c9c4102cbf',
					url: at('data/ptb.train.txt'),
				},
			],
			validation: [
				{
					path: 'lm/ptb.valid.txt',
					rows: 3_370,
					size: 399_782,
					sha256: 'c9fe6985fe0d4ccb578183407d7668fc6066c20700cb4cf87d8ff1cc34df1bf2',
					url: at('data/ptb.valid.txt'),
				},
			],
			test: [
				{
					path: 'lm/ptb.test.txt',
					rows: 3_761,
					size: 449_945,
					sha256: 'dd65dff31e70846b2a6030a87482edcd5d199130cdcfa1f3dccbb033728deee0',
					url: at('data/ptb.test.txt'),
				},
			],
		},
	},
	({ path, options }) => textLines(path, { ...options, record: (line) => ({ text: line.trim() }) }),
);
