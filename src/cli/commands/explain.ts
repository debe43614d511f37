// textloom explain: which words carried what a model says.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, folder, many, path, text, whole } from '../flags/kinds.js';
import { factsOfTexts } from '../own/facts.js';

const given = group('Your own documents', {
	text: { kind: many(text), value: 'TEXT', help: 'a text itself' },
});
const method = group('Explanation', {
	method: {
		kind: choice('gradient', 'occlusion', 'attention'),
		value: 'NAME',
		help: 'gradient × input; occlusion, what the probability falls by without a word; attention, where the model looked',
		default: 'gradient',
	},
});
const label = group('Explanation', {
	label: { kind: text, value: 'LABEL', help: 'the label that is explained', otherwise: 'the one that the model says' },
});
const occlusion = group('Explanation', {
	span: { kind: whole(1), value: 'N', help: 'words that are taken away together, for long texts', otherwise: '1' },
	by: {
		kind: choice('nothing', 'unknown'),
		value: 'WHAT',
		help: 'what comes into their place: nothing, or the unknown word',
		otherwise: 'nothing',
	},
});

export default defineCommand({
	parameters: {
		run: { kind: folder, value: 'RUN', help: 'the folder that train wrote' },
		files: {
			kind: path,
			value: 'FILE',
			help: 'texts: lines of .txt, rows of .csv, .tsv, .jsonl or .json; patterns, a folder; - for stdin (lines unless --format says otherwise)',
			takes: 'any',
		},
	},
	flags: {
		...needing('no FILE', given),
		...needing('a FILE', groups.format),
		...needing('a FILE with columns', groups.textColumn),
		...needing('a CSV FILE', groups.delimiter),
		...method,
		...needing('a method of a label', label),
		...needing('--method occlusion', occlusion),
		...groups.json,
		...groups.threads,
		...groups.settings,
	},
	facts: {
		...factsOfTexts(({ files }: { readonly files: readonly string[] }) => files),
		'a method of a label': ({ flags: { method } }) => method !== 'attention' || '--method attention',
		'--method occlusion': ({ flags: { method } }) => method === 'occlusion' || method,
	},
	example: ['textloom train ag-news --sample --epochs 1', 'textloom explain runs/ag-news --text "Oil prices rise again"'],
	run: async (parameters, flags) => (await import('../explain/run.js')).runExplain(parameters, flags),
});
