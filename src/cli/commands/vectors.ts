// textloom vectors: what word vectors say of words, how good they are, and pictures of them.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, encoding, flag, many, path, positive, text, whole } from '../flags/kinds.js';

const actions = ['similar', 'analogy', 'evaluate', 'plot'] as const;

const reading = group('Vectors', {
	limit: { kind: whole(1), value: 'N', help: 'the first words of FILE only', otherwise: 'all' },
	encoding: { kind: encoding, value: 'NAME', help: 'the encoding of the words, such as gb18030', otherwise: 'UTF-8' },
});
const answers = group('Answers', { top: { kind: whole(1), value: 'N', help: 'words in an answer', default: 10 } });
const against = group('Answers', {
	negative: { kind: many(text), value: 'WORD', help: 'a word that answers are not to be similar to; may be repeated' },
});
const tests = group('Evaluation', {
	analogies: { kind: many(path), value: 'FILE', help: 'lines of four words, in sections as questions-words.txt has them; may be repeated' },
	pairs: { kind: many(path), value: 'FILE', help: 'lines of two words and a score, such as WordSim-353 and SimLex-999; may be repeated' },
	restrict: { kind: whole(1), value: 'N', help: 'the first words of FILE are known, no others', default: 300_000 },
	matchCase: { kind: flag, help: 'upper and lower case are not the same' },
	countUnknown: { kind: flag, help: 'questions with unknown words are wrong instead of passed over' },
});
const drawing = group('Plot', {
	out: { kind: path, value: 'FILE', help: 'the picture: .svg, or .html with a field that finds words' },
	method: { kind: choice('tsne', 'pca'), help: 'how vectors become points', default: 'tsne' },
	words: { kind: path, value: 'FILE', help: 'the words, one a line; what follows a tab is the group, which gives the colour' },
	first: { kind: whole(2), value: 'N', help: 'the first words of the vectors', otherwise: '300 where no words are named' },
	near: { kind: whole(1), value: 'N', help: 'of each WORD also the most similar words, in its colour' },
	title: { kind: text, value: 'TEXT', help: 'the heading', otherwise: 'file, words and method' },
});
const tsne = group('Plot', {
	perplexity: {
		kind: positive,
		value: 'P',
		help: 'about how many neighbours of a word count',
		otherwise: '30, or fewer where words are few',
	},
	seed: {
		kind: whole(0),
		value: 'N',
		help: 'where random numbers begin that find the first points',
		otherwise: 'none: they are components',
	},
});

export default defineCommand({
	parameters: {
		action: {
			kind: choice(...actions),
			value: actions.join('|'),
			help: 'similar: the most similar words; analogy: what is to C as B is to A; evaluate: against what people say; plot: a picture',
		},
		file: {
			kind: path,
			value: 'FILE',
			help: "vectors: word2vec's text and binary files, GloVe's text, fastText's models, safetensors, plain or .gz; - for stdin",
		},
		words: { kind: text, value: 'WORD', help: 'the words that are asked for; A B C of an analogy', takes: 'any' },
	},
	flags: {
		...reading,
		...needing('similar or analogy', answers),
		...needing('similar', against),
		...needing('evaluate', tests),
		...needing('plot', drawing),
		...needing('plot by t-SNE', tsne),
		...groups.json,
		...groups.settings,
	},
	facts: {
		'similar or analogy': ({ parameters: { action } }) => action === 'similar' || action === 'analogy' || action,
		similar: ({ parameters: { action } }) => action === 'similar' || action,
		evaluate: ({ parameters: { action } }) => action === 'evaluate' || action,
		plot: ({ parameters: { action } }) => action === 'plot' || action,
		'plot by t-SNE': ({ parameters: { action }, flags: { method } }) =>
			action === 'plot' ? method === 'tsne' || `--method ${method}` : action,
	},
	example: ["printf 'king 3 1\\nqueen 3 2\\nfrog 0 4\\n' > words.txt", 'textloom vectors similar words.txt king --top 1'],
	run: async (parameters, flags) => (await import('../vectors/run.js')).runVectors(parameters, flags),
});
