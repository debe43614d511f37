// textloom pinyin: Chinese texts in pinyin, by their words.
import { defineCommand } from '../command.js';
import { group } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, path } from '../flags/kinds.js';
import { textFacts, textFiles, textFlags } from '../own/text-files.js';

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
	parameters: textFiles,
	flags: {
		...textFlags,
		...how,
		...groups.json,
		...groups.settings,
	},
	facts: textFacts,
	example: ['echo "重庆的银行很重要" | textloom pinyin -'],
	run: async (parameters, flags) => (await import('../chinese/run-pinyin.js')).runPinyin(parameters, flags),
});
