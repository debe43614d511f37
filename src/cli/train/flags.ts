// The arguments and flags of `textloom train`.
import { pipelineNames } from '../catalog.js';
import { group, needing, type Values } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, flag, folder, path } from '../flags/kinds.js';
import type { Arguments, Parameters } from '../flags/parameter.js';

const names = pipelineNames();

export const trainParameters = {
	source: {
		kind: path,
		value: 'PIPELINE|FILE',
		help: `${names.join(' or ')}, recipes that come with textloom; or your own labelled files, patterns, or - for stdin`,
		takes: 'some',
		words: () => names,
	},
} as const satisfies Parameters;

const recipe = group('Your own documents', {
	recipe: { kind: choice(...names), value: 'PIPELINE', help: 'the recipe that they are trained by', default: 'ag-news' },
});

const run = group('Output', {
	out: { kind: folder, value: 'DIR', help: 'where the model goes', otherwise: 'runs/NAME' },
	resume: { kind: flag, help: 'go on from the checkpoint in --out', not: 'overwrite' },
	overwrite: { kind: flag, help: 'start anew in an --out that is there already' },
});

export const trainFlags = {
	...needing('files of your own', groups.labelledFormat),
	...needing('files with columns', groups.columns),
	...needing('CSV files', groups.delimiter),
	...needing('files of your own', recipe),
	...needing('a pipeline', groups.data),
	...groups.training,
	...run,
	...groups.json,
	...groups.threads,
	...groups.settings,
	...groups.like,
};

export type TrainArguments = Arguments<typeof trainParameters>;
export type TrainFlags = Values<typeof trainFlags>;
