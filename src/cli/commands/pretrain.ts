// textloom pretrain: from texts without labels to an encoder that finetune begins with.
import { pipelineNames } from '../catalog.js';
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { flag, folder, positive, share, whole } from '../flags/kinds.js';
import { formatOfTexts, haveColumns, haveDelimiters } from '../own/format.js';
import { textFiles, textFlags } from '../own/text-files.js';
import { corporaIn, filesIn } from '../pretrain/sources.js';

const { kind, takes } = textFiles.files;
const { epochs, stopAfter, batchSize, maxLength, seed } = groups.training;

const model = group('Model', {
	size: { kind: whole(100), value: 'N', help: 'subwords, special ones included', default: 8000 },
	layers: { kind: whole(1), value: 'N', help: 'layers of the encoder', default: 4 },
	width: { kind: whole(1), value: 'N', help: 'numbers in a vector', default: 256 },
	heads: { kind: whole(1), value: 'N', help: 'heads of its attention', default: 4 },
	positions: { kind: whole(8), value: 'N', help: 'the longest text that it will take, in subwords', default: 512 },
	dropout: { kind: share, value: 'P', help: 'the share that is dropped in training', default: 0.1 },
});

const task = group('What it learns', {
	share: { kind: share, value: 'P', help: 'the share of the tokens that it has to tell', default: 0.15 },
	wholeWords: { kind: flag, help: 'the subwords of a word are hidden together' },
});

const training = group('Training', {
	epochs: { ...epochs, default: 10 },
	stopAfter,
	batchSize: { ...batchSize, help: 'pieces of text a step', default: 64 },
	maxLength: { ...maxLength, help: 'subwords of a piece; longer texts are cut into several', default: 128 },
	validation: { kind: share, value: 'P', help: 'the share of the pieces that is held out to choose the best epoch', default: 0.02 },
	rate: { kind: positive, value: 'R', help: 'the highest learning rate', default: 5e-4, also: ['learning-rate'] },
	seed: { ...seed, default: 0 },
});

const output = group('Output', {
	out: { kind: folder, value: 'DIR', help: 'where the model goes', otherwise: 'runs/pretrained' },
	resume: { kind: flag, help: 'go on from the checkpoint in --out', not: 'overwrite' },
	overwrite: { kind: flag, help: 'start anew in an --out that is there already' },
});

export default defineCommand({
	parameters: {
		files: {
			...{ kind, takes },
			value: 'FILE|PIPELINE',
			help: `${textFiles.files.help}; or pipelines, whose training texts are read`,
			words: pipelineNames,
		},
	},
	flags: {
		...textFlags,
		...needing('a PIPELINE', groups.data),
		...model,
		...task,
		...training,
		...output,
		...groups.json,
		...groups.threads,
		...groups.settings,
	},
	facts: {
		'a FILE with columns': ({ parameters, flags: { format } }) => {
			const files = filesIn(parameters.files);
			return files.length > 0 ? haveColumns(files, formatOfTexts(files, format)) : 'none';
		},
		'a CSV FILE': ({ parameters, flags: { format } }) => {
			const files = filesIn(parameters.files);
			return files.length > 0 ? haveDelimiters(files, formatOfTexts(files, format)) : 'none';
		},
		'a PIPELINE': ({ parameters: { files } }) => corporaIn(files).length > 0 || files.join(' '),
	},
	example: ['textloom pretrain ag-news --sample --size 1000 --layers 1 --width 32 --epochs 2'],
	run: async (parameters, flags, { words }) => (await import('../pretrain/run.js')).runPretrain(parameters, flags, words),
});
