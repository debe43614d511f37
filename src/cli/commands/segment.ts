// textloom segment: the words of Chinese texts, as jieba cuts them.
import { defineCommand } from '../command.js';
import { group } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, flag, path } from '../flags/kinds.js';
import { textFacts, textFiles, textFlags } from '../own/text-files.js';

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
	parameters: textFiles,
	flags: {
		...textFlags,
		...how,
		...groups.json,
		...groups.settings,
	},
	facts: textFacts,
	example: ['echo "我来到北京清华大学" | textloom segment -'],
	run: async (parameters, flags) => (await import('../chinese/run-segment.js')).runSegment(parameters, flags),
});
