// Universal Dependencies, English Web Treebank: words with lemmas, tags and heads. N. Silveira et al., 2014; release 2.
import { type Corpus, corpus, type TaggedSentence } from './corpus.js';
import { blocks } from './formats/blocks.js';
import { columns } from './formats/columns.js';
import { github } from './github.js';

const at = github('UniversalDependencies/UD_English-EWT', '15d613d8447b3478787d4c278730a1e48a945efb');

/** A sentence. `tags` are the universal parts of speech. */
export interface ParsedSentence extends TaggedSentence {
	lemmas: string[];
	/** Parts of speech of the Penn Treebank. */
	xpos: string[];
	/** The word that each depends on, from 1; 0 for the root. */
	heads: number[];
	deprels: string[];
	/** The sentence as it was written, where the file says it. */
	text: string;
}

const row = columns('ud-english', '\t', ['ID', 'FORM', 'LEMMA', 'UPOS', 'XPOS', 'FEATS', 'HEAD', 'DEPREL', 'DEPS', 'MISC']);
const textComment = '# text = ';

/** UD English EWT: 204,577 + 25,147 + 25,094 words. Rows of contractions (`1-2`) and of words left out (`8.1`) are passed over. */
export const udEnglish: Corpus<ParsedSentence, 'train' | 'validation' | 'test'> = corpus(
	{
		name: 'ud-english',
		title: 'Universal Dependencies, English Web Treebank',
		kind: 'tagging',
		published: 'https://github.com/UniversalDependencies/UD_English-EWT',
		licence: 'CC BY-SA 4.0',
		splits: { train: 12_544, validation: 2_001, test: 2_077 },
		files: {
			train: [
				{
					path: 'tagging/en_ewt-ud-train.conllu',
					rows: 12_544,
					size: 14_203_025,
					sha256: '3fb78e2b55482c8ee00caa653af436c88c9e5bc9a73ce26e4ae3ddc79d2b7e7b',
					url: at('en_ewt-ud-train.conllu'),
				},
			],
			validation: [
				{
					path: 'tagging/en_ewt-ud-dev.conllu',
					rows: 2_001,
					size: 1_805_545,
					sha256: '531a54ff90d6ab12201c5a50c3e78e6ddac4de69abc4bce5d275d3cd29efe2b6',
					url: at('en_ewt-ud-dev.conllu'),
				},
			],
			test: [
				{
					path: 'tagging/en_ewt-ud-test.conllu',
					rows: 2_077,
					size: 1_804_515,
					sha256: 'e266e515a0a7547657ed3d90d9ba46487d6bd251f27ad4269d4e8a427c8555cd',
					url: at('en_ewt-ud-test.conllu'),
				},
			],
		},
	},
	({ path, options }) =>
		blocks(path, {
			...options,
			row: (line): { text: string } | { fields: string[]; head: number } | undefined => {
				if (line.startsWith(textComment)) return { text: line.slice(textComment.length) };
				if (line.startsWith('#')) return undefined;
				const fields = row(line);
				const [id, head] = [fields[0]!, Number(fields[6])];
				if (/^\d+[-.]\d+$/.test(id)) return undefined;
				if (!Number.isSafeInteger(head) || head < 0) {
					throw new Error(`ud-english: expected HEAD to be a number, got ${JSON.stringify(fields[6])}. Correct or remove the sentence.`);
				}
				return { fields, head };
			},
			block: (rows) => {
				const words = rows.filter((row) => 'fields' in row);
				const column = (place: number) => words.map(({ fields }) => fields[place]!);
				const text = rows.find((row) => 'text' in row)?.text ?? '';
				const heads = words.map(({ head }) => head);
				return { tokens: column(1), tags: column(3), lemmas: column(2), xpos: column(4), heads, deprels: column(7), text };
			},
		}),
);
