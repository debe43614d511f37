// textloom evaluate: how good a saved model is on labelled documents.
import { defineCommand } from '../command.js';
import { needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { folder, path } from '../flags/kinds.js';
import { haveColumns, haveDelimiters } from '../own/format.js';

export default defineCommand({
	parameters: {
		run: { kind: folder, value: 'RUN', help: 'the folder that train wrote' },
		files: {
			kind: path,
			value: 'FILE',
			help: 'your own labelled files, patterns, a folder, or - for stdin (default: what the run held out of the documents that it was trained on)',
			takes: 'any',
		},
	},
	flags: {
		...needing('FILE', groups.labelledFormat),
		...needing('a FILE with columns', groups.trainedColumns),
		...needing('a CSV FILE', groups.delimiter),
		...needing("the run's corpus", groups.data),
		...groups.out,
		...groups.json,
		...groups.threads,
		...groups.sessions,
		...groups.settings,
	},
	facts: {
		FILE: ({ parameters: { files } }) => files.length > 0 || 'none',
		'a FILE with columns': ({ parameters: { files }, flags: { format } }) => (files.length > 0 ? haveColumns(files, format) : 'none'),
		'a CSV FILE': ({ parameters: { files }, flags: { format } }) => (files.length > 0 ? haveDelimiters(files, format) : 'none'),
		"the run's corpus": async ({ parameters: { run, files } }) =>
			files.length > 0 ? files.join(' ') : (await import('../own/of-run.js')).hasCorpus(run),
	},
	example: ['textloom train ag-news --sample --epochs 1', 'textloom evaluate runs/ag-news --sample'],
	run: async (parameters, flags) => (await import('../evaluate/run.js')).runEvaluate(parameters, flags),
});
