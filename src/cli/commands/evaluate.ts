// textloom evaluate: how good saved models are on labelled documents, one or several as one.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { folder, path, whole } from '../flags/kinds.js';
import { haveColumns, haveDelimiters } from '../own/format.js';
import { runsAndFiles } from '../own/runs.js';

const samples = group('Output', {
	samples: { kind: whole(1), value: 'N', help: 'so many documents, too, drawn at random: text, prediction, true label', otherwise: 'none' },
});
const seed = group('Output', { seed: { kind: whole(0), value: 'N', help: 'which ones are drawn', otherwise: '0' } });

export default defineCommand({
	parameters: {
		run: { kind: folder, value: 'RUN', help: 'the folder that train wrote' },
		files: {
			kind: path,
			value: 'RUN|FILE',
			help: 'more runs, which decide together with the first; your own labelled files, patterns, a folder, or - for stdin (default: what the first run held out of the documents that it was trained on)',
			takes: 'any',
		},
	},
	flags: {
		...needing('FILE', groups.labelledFormat),
		...needing('a FILE with columns', groups.trainedColumns),
		...needing('a CSV FILE', groups.delimiter),
		...needing("the run's corpus", groups.data),
		...needing('several RUNs', groups.vote),
		...groups.threshold,
		...groups.beams,
		...samples,
		...needing('--samples', seed),
		...groups.out,
		...groups.json,
		...groups.threads,
		...groups.sessions,
		...groups.settings,
	},
	facts: {
		FILE: ({ parameters }) => runsAndFiles(parameters).files.length > 0 || 'none',
		'a FILE with columns': ({ parameters, flags: { format } }) => {
			const { files } = runsAndFiles(parameters);
			return files.length > 0 ? haveColumns(files, format) : 'none';
		},
		'a CSV FILE': ({ parameters, flags: { format } }) => {
			const { files } = runsAndFiles(parameters);
			return files.length > 0 ? haveDelimiters(files, format) : 'none';
		},
		"the run's corpus": async ({ parameters }) => {
			const { files } = runsAndFiles(parameters);
			return files.length > 0 ? files.join(' ') : (await import('../own/of-run.js')).hasCorpus(parameters.run);
		},
		'several RUNs': ({ parameters }) => runsAndFiles(parameters).runs.length > 1 || 'one',
		'--samples': ({ flags: { samples } }) => samples !== undefined || 'none',
	},
	example: ['textloom train ag-news --sample --epochs 1', 'textloom evaluate runs/ag-news --sample'],
	run: async (parameters, flags) => (await import('../evaluate/run.js')).runEvaluate(runsAndFiles(parameters), flags),
});
