// textloom predict: what a model says of texts.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, flag, folder, many, path, text, whole } from '../flags/kinds.js';
import { factsOfTexts } from '../own/facts.js';
import { runsAndFiles } from '../own/runs.js';
import { outputs } from '../predict/forms.js';

const { out } = groups.out;
const output = group('Output', {
	probabilities: { kind: flag, help: 'the probability of each label, too' },
	top: { kind: whole(1), value: 'K', help: 'the K most probable labels with their probabilities, too' },
	out: { ...out, help: 'write there as the name ends, .jsonl, .json, .csv or .tsv', otherwise: 'to stdout' },
	as: { kind: choice(...outputs), help: 'what stdout has', default: 'jsonl', not: 'out' },
});
const kept = group('Your own documents', {
	keep: {
		kind: many(text),
		value: 'COLUMN',
		help: 'a column or field that goes along with its prediction; again for more',
		otherwise: 'all',
	},
});
const given = group('Your own documents', {
	text: { kind: many(text), value: 'TEXT', help: 'a text itself' },
});

export default defineCommand({
	parameters: {
		run: { kind: folder, value: 'RUN', help: 'the folder that train wrote' },
		files: {
			kind: path,
			value: 'RUN|FILE',
			help: 'more runs, which decide together with the first; texts: lines of .txt, rows of .csv, .tsv, .jsonl or .json, whose other fields go along; patterns, a folder; - for stdin (lines unless --format says otherwise)',
			takes: 'any',
		},
	},
	flags: {
		...needing('no FILE', given),
		...needing('a FILE', groups.format),
		...needing('a FILE with columns', { ...groups.textColumn, ...kept }),
		...needing('a CSV FILE', groups.delimiter),
		...needing('several RUNs', groups.vote),
		...groups.threshold,
		...output,
		...groups.threads,
		...groups.sessions,
		...groups.settings,
	},
	facts: {
		...factsOfTexts((parameters: Parameters<typeof runsAndFiles>[0]) => runsAndFiles(parameters).files),
		'several RUNs': ({ parameters }) => runsAndFiles(parameters).runs.length > 1 || 'one',
	},
	example: ['textloom train ag-news --sample --epochs 1', 'echo "Oil prices rise again" | textloom predict runs/ag-news -'],
	run: async (parameters, flags) => (await import('../predict/run.js')).runPredict(runsAndFiles(parameters), flags),
});
