// The arguments and flags of `textloom train`.
import { architectureNames, pipelineNames } from '../catalog.js';
import { group, needing, type Values } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, flag, folder, form, many, path, positive, share, text } from '../flags/kinds.js';
import type { Arguments, Parameters } from '../flags/parameter.js';
import { optimizers, type ScheduleWord, scheduleWords } from './optimizer-names.js';
import { problems } from './problems.js';

const names = pipelineNames();

export const trainParameters = {
	source: {
		kind: path,
		value: 'PIPELINE|FILE',
		help: `${names.slice(0, -1).join(', ')} or ${names.at(-1)}, recipes that come with textloom; or your own labelled files, patterns, a folder with a folder for each label, or - for stdin`,
		takes: 'some',
		words: () => names,
	},
} as const satisfies Parameters;

export const own = group('Your own documents', {
	test: { kind: many(path), value: 'FILE', help: 'files to test on', otherwise: 'one in ten rows of each label' },
	recipe: {
		kind: choice(...names),
		value: 'PIPELINE',
		help: 'the recipe that they are trained by',
		otherwise: 'one for texts of any kind',
	},
});

export const model = group('Task and model', {
	problem: { kind: choice(...problems), help: 'what labels are', otherwise: "the recipe's, one label for each text" },
	weights: {
		kind: choice('balanced'),
		help: 'rare labels count as much in all as frequent ones',
		otherwise: 'each document counts the same',
	},
	smoothing: { kind: share, value: 'P', help: 'the share of each answer that is spread over all labels', otherwise: "the recipe's, 0" },
	pretrained: {
		kind: folder,
		value: 'DIR',
		help: 'the folder of a pretrained encoder (BERT, RoBERTa, MiniLM, …) in the layout of Hugging Face, with onnx/model.onnx, which is trained on',
		not: 'model',
	},
	model: {
		kind: text,
		value: 'NAME',
		help: 'the model, one of those that `npx textloom models` shows',
		otherwise: "the recipe's",
		words: architectureNames,
	},
	set: {
		kind: many(form('an option and its value, such as hidden=256', /^\w+=/)),
		value: 'OPTION=VALUE',
		of: 'model',
		help: 'an option of the model, such as hidden=256 or kernels=2,3; of a pretrained one such as pooling=first',
	},
	vectors: {
		kind: path,
		value: 'FILE',
		help: "word vectors that the model's words begin with, in any format of `npx textloom vectors`",
		otherwise: "the recipe's, else random ones",
		not: 'pretrained',
	},
});

export const optimizer = group('Optimizer', {
	optimizer: { kind: choice(...optimizers), help: 'the rule of its steps, with options of its own', otherwise: "the recipe's" },
	optimizerSet: {
		kind: many(form('an option and its value, such as momentum=0.9', /^\w+=/)),
		value: 'OPTION=VALUE',
		of: 'optimizer',
		help: 'an option of the optimizer, such as momentum=0.9 or beta2=0.98',
	},
	rate: { kind: positive, value: 'R', help: 'the learning rate', also: ['learning-rate'] },
	schedule: {
		kind: choice(...(Object.keys(scheduleWords) as ScheduleWord[])),
		value: 'NAME',
		help: `how the rate goes through the run: ${Object.keys(scheduleWords).join(', ')}`,
		otherwise: "the recipe's",
	},
	...needing('--schedule', {
		scheduleSet: {
			kind: many(form('an option and its value, such as length=1000', /^\w+=/)),
			value: 'OPTION=VALUE',
			of: 'schedule',
			help: 'an option of the schedule, such as least=0.1, length=1000 (default: the whole run) or per=epoch',
		},
	}),
	clip: { kind: positive, value: 'NORM', help: 'scale gradients down to this norm where theirs is greater', otherwise: "the recipe's" },
});

export const run = group('Output', {
	out: { kind: folder, value: 'DIR', help: 'where the model goes', otherwise: 'runs/NAME' },
	resume: { kind: flag, help: 'go on from the checkpoint in --out', not: 'overwrite' },
	overwrite: { kind: flag, help: 'start anew in an --out that is there already' },
});

export const trainFlags = {
	...needing('files of your own', groups.labelledFormat),
	...needing('files with columns', groups.columns),
	...needing('CSV files', groups.delimiter),
	...needing('files of your own', own),
	...needing('a pipeline', groups.data),
	...model,
	...groups.training,
	...optimizer,
	...run,
	...groups.json,
	...groups.threads,
	...groups.replicas,
	...groups.device,
	...groups.settings,
	...groups.like,
};

export type TrainArguments = Arguments<typeof trainParameters>;
export type TrainFlags = Values<typeof trainFlags>;
