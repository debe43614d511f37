// textloom summarize: the sentences that say most of a text.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, path, text, whole } from '../flags/kinds.js';
import { haveColumns, haveDelimiters } from '../own/format.js';
import { formatOfTexts } from '../predict/format.js';

const { column } = groups.textColumn;

const method = group('Summary', {
	method: { kind: choice('textrank', 'lexrank'), value: 'NAME', help: 'textrank or lexrank', default: 'lexrank' },
	language: { kind: text, value: 'CODE', help: 'the language of stop words', otherwise: 'zh for texts of Han characters, else en' },
	sentences: { kind: whole(1), value: 'N', help: 'how many sentences', default: 3 },
});

export default defineCommand({
	parameters: {
		files: {
			kind: path,
			value: 'FILE',
			help: 'texts: files of a folder, rows of .csv, .tsv, .jsonl or .json; lines of .txt are texts of their own; patterns; - for stdin',
			takes: 'some',
		},
	},
	flags: {
		...needing('a FILE with columns', { column: { ...column, otherwise: 'text' } }),
		...groups.format,
		...needing('a CSV FILE', groups.delimiter),
		...method,
		...groups.json,
		...groups.settings,
	},
	facts: {
		'a FILE with columns': ({ parameters: { files }, flags: { format } }) => haveColumns(files, formatOfTexts(files, format)),
		'a CSV FILE': ({ parameters: { files }, flags: { format } }) => haveDelimiters(files, formatOfTexts(files, format)),
	},
	example: ['echo "The harbour wall fell. It rained. Repairs of the harbour wall begin." | textloom summarize - --sentences 1'],
	run: async (parameters, flags) => (await import('../keywords/run-summarize.js')).runSummarize(parameters, flags),
});
