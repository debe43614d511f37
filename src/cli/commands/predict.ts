// textloom predict: labels of texts.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { flag, folder, path } from '../flags/kinds.js';
import { haveColumns, haveDelimiters } from '../own/format.js';
import { formatOfTexts } from '../predict/texts.js';

const { out } = groups.out;
const output = group('Output', {
	probabilities: { kind: flag, help: 'the probability of each label, too' },
	out: { ...out, help: 'write there as the name ends, .jsonl, .json, .csv or .tsv', otherwise: 'JSON Lines to stdout' },
});

export default defineCommand({
	parameters: {
		run: { kind: folder, value: 'RUN', help: 'the folder that train wrote' },
		files: {
			kind: path,
			value: 'FILE',
			help: 'texts: lines of .txt, rows of .csv, .tsv, .jsonl or .json, whose other fields go along; patterns, a folder; - for stdin (lines unless --format says otherwise)',
			takes: 'some',
		},
	},
	flags: {
		...groups.format,
		...needing('a FILE with columns', groups.textColumn),
		...needing('a CSV FILE', groups.delimiter),
		...output,
		...groups.threads,
		...groups.settings,
	},
	facts: {
		'a FILE with columns': ({ parameters: { files }, flags: { format } }) => haveColumns(files, formatOfTexts(files, format)),
		'a CSV FILE': ({ parameters: { files }, flags: { format } }) => haveDelimiters(files, formatOfTexts(files, format)),
	},
	example: ['textloom train ag-news --sample --epochs 1', 'echo "Oil prices rise again" | textloom predict runs/ag-news -'],
	run: async (parameters, flags) => (await import('../predict/run.js')).runPredict(parameters, flags),
});
