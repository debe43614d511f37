// textloom vectors: trains word vectors, tells what they say of words, how good they are, and pictures of them.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, flag, many, path, positive, share, text, whole } from '../flags/kinds.js';
import { textFacts } from '../own/text-files.js';

const actions = ['train', 'similar', 'analogy', 'evaluate', 'plot'] as const;

const reading = group('Vectors', {
	limit: { kind: whole(1), value: 'N', help: 'the first words of FILE only', otherwise: 'all' },
});
const training = group('Training', {
	model: { kind: choice('skipgram', 'cbow'), help: 'a word predicts those around it, or they predict it', default: 'skipgram' },
	subwords: { kind: flag, help: 'vectors of character n-grams, too, so that unseen words have vectors: fastText, to a .bin file' },
	size: { kind: whole(1), value: 'N', help: 'numbers in a vector', default: 100 },
	window: { kind: whole(1), value: 'N', help: 'the most words between two that predict each other', default: 5 },
	minCount: { kind: whole(1), value: 'N', help: 'words that occur fewer times are left out', default: 5 },
	rare: { kind: share, value: 'SHARE', help: 'words with a larger share of the text are left out at random; 0: none', default: 0.001 },
	tree: { kind: flag, help: 'hierarchical softmax instead of words drawn at random' },
	epochs: { kind: whole(1), value: 'N', help: 'passes over the texts', default: 5 },
	alpha: { kind: positive, value: 'RATE', help: 'the learning rate at the beginning', default: 0.025 },
	checkpoint: { kind: path, value: 'FILE', help: 'written after each pass; the same command goes on from it' },
});
const drawn = group('Training', { negatives: { kind: whole(1), value: 'N', help: 'words drawn against each', default: 5 } });
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
const output = group('Output', {
	out: {
		kind: path,
		value: 'FILE',
		help: 'vectors: .bin, .txt, .vec or .safetensors, also .gz; the picture: .svg, or .html with a field that finds words',
	},
});
const drawing = group('Plot', {
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
});
const seeded = group('Computing', {
	seed: { kind: whole(0), value: 'N', help: 'where random numbers begin', otherwise: '1; of a plot none: it begins with components' },
});

export default defineCommand({
	parameters: {
		action: {
			kind: choice(...actions),
			value: actions.join('|'),
			help: 'train: vectors of the texts of FILE and more files; similar: the most similar words; analogy: what is to C as B is to A; evaluate: against what people say; plot: a picture',
		},
		file: {
			kind: path,
			value: 'FILE',
			help: "vectors: word2vec's text and binary files, GloVe's text, fastText's models, safetensors, each plain or .gz; of train texts, lines or rows; - for stdin",
		},
		words: { kind: text, value: 'WORD', help: 'the words that are asked for; A B C of an analogy; of train more files', takes: 'any' },
	},
	flags: {
		...needing('vectors in FILE', reading),
		...needing('train on a FILE with columns', { column: { ...groups.textColumn.column, otherwise: 'text' } }),
		...groups.format,
		...needing('train', { format: groups.format.format }),
		...needing('train on a CSV FILE', groups.delimiter),
		...needing('train', training),
		...needing('train without --tree', drawn),
		...needing('similar or analogy', answers),
		...needing('similar', against),
		...needing('evaluate', tests),
		...needing('plot', drawing),
		...needing('plot by t-SNE', tsne),
		...needing('train or plot by t-SNE', seeded),
		...needing('train', groups.threads),
		...needing('train or plot', output),
		...groups.json,
		...groups.settings,
	},
	facts: {
		train: ({ parameters: { action } }) => action === 'train' || action,
		'train without --tree': ({ parameters: { action }, flags: { tree } }) => (action === 'train' ? !tree || '--tree' : action),
		'train or plot': ({ parameters: { action } }) => action === 'train' || action === 'plot' || action,
		'train or plot by t-SNE': ({ parameters: { action }, flags: { method } }) =>
			action === 'plot' ? method === 'tsne' || `--method ${method}` : action === 'train' || action,
		'vectors in FILE': ({ parameters: { action } }) => action !== 'train' || action,
		'train on a FILE with columns': ({ parameters: { action, file, words }, flags }) =>
			action === 'train' ? textFacts['a FILE with columns']({ parameters: { files: [file, ...words] }, flags }) : action,
		'train on a CSV FILE': ({ parameters: { action, file, words }, flags }) =>
			action === 'train' ? textFacts['a CSV FILE']({ parameters: { files: [file, ...words] }, flags }) : action,
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
