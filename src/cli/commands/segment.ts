// textloom segment: the words of Chinese texts, as jieba cuts them.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, flag, path } from '../flags/kinds.js';
import { haveColumns, haveDelimiters } from '../own/format.js';
import { formatOfTexts } from '../predict/format.js';

const { column } = groups.textColumn;

const how = group('Words', {
	mode: {
		kind: choice('precise', 'full', 'search'),
		value: 'NAME',
		help: 'each character in one word, all words that there are, or short words before long ones',
		default: 'precise',
	},
	words: { kind: path, value: 'FILE', help: 'a dictionary of your own beside the usual one: a word, its frequency and its tag a line' },
	tags: { kind: flag, help: 'the part of speech of each word: word/tag' },
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
	example: ['echo "我来到北京清华大学" | textloom segment -'],
	run: async (parameters, flags) => (await import('../chinese/run-segment.js')).runSegment(parameters, flags),
});
