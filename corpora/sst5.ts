// Stanford Sentiment Treebank, whole sentences in five classes. R. Socher et al.: Recursive Deep Models for Semantic Compositionality, 2013.
import { type ClassificationCorpus, className, corpus } from './corpus.js';
import { textLines } from './formats/lines.js';
import { closedLicence, github } from './github.js';

const classes = ['very negative', 'negative', 'neutral', 'positive', 'very positive'];
const at = github('neubig/nn4nlp-code', '970d91a51664b3d91a9822b61cd76abea20218cb');

/** SST-5. Texts are tokenized, with spaces between tokens, and keep the backslash before a slash (`co-writer\/director`). */
export const sst5: ClassificationCorpus<'train' | 'validation' | 'test'> = corpus(
	{
		name: 'sst5',
		title: 'Stanford Sentiment Treebank, five classes',
		kind: 'classification',
		published: 'https://nlp.stanford.edu/sentiment/',
		licence: closedLicence,
		classes,
		splits: { train: 8_544, validation: 1_101, test: 2_210 },
		files: {
			train: [
				{
					path: 'text_classification/sst5_train.txt',
					rows: 8_544,
					size: 936_994,
					sha256: '7aeac81f2a387f2ce7fab98ed8f40ef85cc9c8ad11bcbb63b122e95665cb1f35',
					url: at('data/classes/train.txt'),
				},
			],
			validation: [
				{
					path: 'text_classification/sst5_dev.txt',
					rows: 1_101,
					size: 121_643,
					sha256: '11963c76cd073e68006da0390620aadf5a4b8f775e2f900e92a50b3002e39b9b',
					url: at('data/classes/dev.txt'),
				},
			],
			test: [
				{
					path: 'text_classification/sst5_test.txt',
					rows: 2_210,
					size: 242_474,
					sha256: 'bdcc8352d37bdc82113e4a4dd887b824144201539d5a1e49be566232d306a4ba',
					url: at('data/classes/test.txt'),
				},
			],
		},
	},
	({ path, options }) =>
		textLines(path, {
			...options,
			record: (line) => {
				const parts = /^(.*?) \|\|\| (.*)$/s.exec(line);
				if (!parts)
					throw new Error(`sst5: expected "label ||| text", got ${JSON.stringify(line.slice(0, 40))}. Is this the file of SST-5?`);
				return { text: parts[2]!, label: className('sst5', classes, parts[1]) };
			},
		}),
);
