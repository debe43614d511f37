// The flags that commands share, in groups as `--help` shows them.
import { join } from 'node:path';
import { formats, labelledFormats } from '../own/format.js';
import { group } from './flag.js';
import { character, choice, duration, encoding, flag, folder, number, path, replicaCount, share, text, whole } from './kinds.js';

/** Where the data sets are. */
export const data = group('Data sets', {
	data: { kind: folder, value: 'DIR', help: 'where the data sets are', otherwise: 'TEXTLOOM_DATA, else the cache, else the sample corpus' },
	sample: { kind: flag, help: 'the sample corpus, whatever data there is', not: 'data' },
});

const own = 'Your own documents';

/** Which fields hold text and label. */
const columnsOr = (usualText: string, usualLabel: string) =>
	group(own, {
		text: { kind: text, value: 'COLUMN', help: 'the column or field with the text', otherwise: usualText },
		label: { kind: text, value: 'COLUMN', help: 'the column or field with the label', otherwise: usualLabel },
	});
export const columns = columnsOr('text; tokens where the recipe is of tokens', 'label; tags where the recipe is of tokens');

const trained = 'as the run was trained';

/** The same for a run, which knows those that it was trained on. */
export const trainedColumns = columnsOr(trained, trained);

/** Which field holds the text, where `--text` is a text. */
export const textColumn = group(own, {
	column: { kind: text, value: 'COLUMN', help: columns.text.help, otherwise: trained },
});

/** What the user's own documents are written in. */
export const format = group(own, {
	format: { kind: choice(...formats), value: 'FORMAT', help: formats.join(', '), otherwise: 'as the names end' },
	encoding: {
		kind: encoding,
		value: 'NAME',
		help: 'the encoding of the files, such as latin1 or gb18030',
		otherwise: 'UTF-8, or UTF-16 where the first bytes say so',
	},
});

/** The same of documents with labels. */
export const labelledFormat = group(own, {
	...format,
	format: { ...format.format, kind: choice(...labelledFormats), help: labelledFormats.join(', ') },
});

/** What stands between columns. */
export const delimiter = group(own, {
	delimiter: { kind: character, value: 'C', help: 'what stands between columns', otherwise: 'what the first line has most of' },
});

/** Where results go. */
export const out = group('Output', {
	out: { kind: path, value: 'FILE', help: 'write there instead of to stdout' },
});

/** Results for programs. */
export const json = group('Output', {
	json: { kind: flag, help: 'JSON instead of text, one object a line' },
});

/** How many threads compute. */
export const threads = group('Computing', {
	threads: { kind: whole(1), value: 'N', help: 'threads', otherwise: 'all cores' },
});

/** How many parts of a batch are computed at the same time. */
export const replicas = group('Computing', {
	replicas: {
		kind: replicaCount,
		value: 'N|auto',
		help: 'parts of each batch that are computed at the same time, each with its share of the threads; auto measures whether that is faster',
		default: 1,
	},
});

/** The same of a model that predicts. */
export const sessions = group('Computing', {
	replicas: {
		...replicas.replicas,
		help: 'sessions that compute at the same time, each with its share of the threads; auto measures whether that is faster',
	},
	precision: {
		kind: choice('float32', 'int8'),
		help: 'what products by weights are computed in; int8 is mostly faster, and a little less exact',
		default: 'float32',
	},
});

/** When the answer is none. */
export const threshold = group('Answers', {
	threshold: {
		kind: share,
		value: 'P',
		help: 'a label whose probability is below this is not said',
		otherwise: 'as the run was trained, else each text gets a label',
	},
});

/** How several runs decide together. */
export const vote = group('Answers', {
	vote: {
		kind: choice('soft', 'hard'),
		help: 'by the mean of their probabilities, or by how many say a label',
		otherwise: 'soft',
	},
});

/** How many hypotheses are followed. */
export const beams = group('Translations', {
	beams: {
		kind: whole(1),
		value: 'N',
		help: 'hypotheses that are followed at a time; 1 takes the likeliest token each time',
		otherwise: trained,
	},
	lengthPenalty: {
		kind: number,
		value: 'A',
		help: 'a hypothesis counts by its logarithm over its length to the power of A: above 0 favours long ones',
		otherwise: trained,
	},
});

/** Settings from a file. */
export const settings = group('Settings', {
	settings: {
		kind: path,
		value: 'FILE',
		help: 'a JSON object of these flags, such as { "threads": 2 }; flags on the command line win',
		settings: { path: (file: string) => file, lenient: false },
	},
});

/** Settings of a run. */
export const like = group('Settings', {
	like: {
		kind: folder,
		value: 'RUN',
		help: 'train as that run was trained; flags on the command line win',
		settings: { path: (run: string) => join(run, 'settings.json'), lenient: true },
	},
});

/** The numbers of a training. */
export const training = group('Training', {
	epochs: { kind: whole(1), value: 'N', help: 'passes over the documents; the weights after the best one are kept' },
	steps: { kind: whole(1), value: 'N', help: 'steps, at most', otherwise: 'as many as the epochs have' },
	minSteps: {
		kind: whole(0),
		value: 'N',
		help: 'steps at least, whatever epochs and patience say',
		otherwise: "the recipe's; none with --epochs",
	},
	stopAfter: {
		kind: duration,
		value: 'TIME',
		help: 'ends the training after so long, such as 90s, 20m or 1h30m: the best epoch so far is kept and tested, and --resume goes on',
	},
	patience: {
		kind: whole(1),
		value: 'N',
		help: 'epochs without a better one before it stops',
		otherwise: "the recipe's; none with --epochs",
	},
	batchSize: { kind: whole(1), value: 'N', help: 'documents a step', also: ['batch'] },
	accumulate: { kind: whole(1), value: 'N', help: 'batches whose gradients one step takes together', otherwise: '1' },
	maxLength: { kind: whole(1), value: 'N', help: 'tokens of a document; more are cut' },
	validation: {
		kind: share,
		value: 'P',
		help: 'the share of the documents, of each label alike, that is held out to choose the best epoch',
		otherwise: "the recipe's",
	},
	validateEvery: { kind: whole(1), value: 'N', help: 'steps between validations', otherwise: 'one after each epoch' },
	checkpointEvery: { kind: whole(1), value: 'N', help: 'steps between checkpoints, beside those after each validation' },
	seed: { kind: whole(0), value: 'N', help: 'where random numbers begin' },
	calibrate: { kind: flag, help: 'afterwards a temperature from the validation documents, so that probabilities are what they say' },
	tables: {
		kind: choice('host', 'graph'),
		help: 'large embedding tables outside the graph, touched rows updated; or inside',
		default: 'host',
	},
});

/** Where a training computes. */
export const device = group('Computing', {
	device: {
		kind: text,
		value: 'NAME',
		help: 'cpu, another device that `npx textloom info` lists, or auto: the first other one that works here, else the CPU',
		default: 'cpu',
		words: () => ['cpu', 'auto', 'cuda', 'webgpu', 'dml', 'coreml'],
	},
	trace: { kind: flag, help: 'look at the results of each step, and name the node that made the first NaN' },
});
