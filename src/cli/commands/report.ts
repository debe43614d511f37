// textloom report: a run as one HTML page.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { folder, path } from '../flags/kinds.js';

const output = group('Output', {
	out: { kind: path, value: 'FILE', help: 'the page', otherwise: 'report.html in the folder of the run' },
});

export default defineCommand({
	parameters: {
		run: { kind: folder, value: 'RUN', help: 'the folder that train wrote' },
	},
	flags: {
		...output,
		...needing("the run's corpus", groups.data),
		...groups.threads,
		...groups.settings,
	},
	facts: {
		"the run's corpus": async ({ parameters: { run } }) => (await import('../own/of-run.js')).hasCorpus(run),
	},
	example: ['textloom train ag-news --sample --epochs 1', 'textloom report runs/ag-news'],
	run: async (parameters, flags) => (await import('../report/run.js')).runReportCommand(parameters, flags),
});
