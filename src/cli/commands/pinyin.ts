// textloom pinyin: Chinese texts in pinyin, by their words.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, path } from '../flags/kinds.js';
import { haveColumns, haveDelimiters } from '../own/format.js';
import { formatOfTexts } from '../predict/format.js';

const { column } = groups.textColumn;

const how = group('Pinyin', {
	tones: {
		kind: choice('marks', 'numbers', 'none'),
		value: 'NAME',
		help: 'tones as marks (lǜ), as numbers (lü4), or none',
		default: 'marks',
	},
	words: { kind: path, value: 'FILE', help: 'words of your own, by which texts are cut: a word, its frequency and its tag a line' },
});

export default defineCommand({
	parameters: {
		files: {
			kind: path,
			value: 'FILE',
			help: 'texts: lines of .txt, rows of .csv, .tsv, .jsonl or .json; patterns, a folder; - for stdin (lines unless --format says otherwise)',
			takes: 'some',
		},
	},
	flags: {
		...needing('a FILE with columns', { column: { ...column, otherwise: 'text' } }),
		...groups.format,
		...needing('a CSV FILE', groups.delimiter),
		...how,
		...groups.json,
		...groups.settings,
	},
	facts: {
		'a FILE with columns': ({ parameters: { files }, flags: { format } }) => haveColumns(files, formatOfTexts(files, format)),
		'a CSV FILE': ({ parameters: { files }, flags: { format } }) => haveDelimiters(files, formatOfTexts(files, format)),
	},
	example: ['echo "重庆的银行很重要" | textloom pinyin -'],
	run: async (parameters, flags) => (await import('../chinese/run-pinyin.js')).runPinyin(parameters, flags),
});
