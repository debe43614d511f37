// textloom vocab: the words of texts and how often they occur.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { flag, form, path, whole } from '../flags/kinds.js';
import { textFacts, textFiles, textFlags } from '../own/text-files.js';

const limits = group('Words', {
	minCount: { kind: whole(1), value: 'N', help: 'words that occur fewer times are left out', default: 1 },
	size: { kind: whole(3), value: 'N', help: 'the most words, with padding and unknown' },
	ngrams: {
		kind: form('lengths such as 1,2,3', /^[1-9]\d?(,[1-9]\d?)*$/),
		value: 'N,N…',
		help: 'rows of so many words instead of words',
		default: '1',
	},
});
const output = group('Output', {
	top: { kind: whole(0), value: 'N', help: 'the most frequent words that are printed', default: 20 },
	zipf: { kind: flag, help: 'counts by rank, and the line of Zipf’s law through them' },
});
const drawn = group('Output', { svg: { kind: path, value: 'FILE', help: 'draw that as SVG, too' } });
const saved = group('Output', {
	out: { kind: path, value: 'FILE', help: 'write the vocabulary there: a word, a tab and its count a line' },
});

export default defineCommand({
	parameters: textFiles,
	flags: {
		...textFlags,
		...limits,
		...output,
		...needing('--zipf', drawn),
		...needing('--ngrams of one length', saved),
		...groups.json,
		...groups.settings,
	},
	facts: {
		...textFacts,
		'--zipf': ({ flags: { zipf } }) => zipf || 'none',
		'--ngrams of one length': ({ flags: { ngrams } }) => !ngrams.includes(',') || ngrams,
	},
	example: ['echo "the ferry left the harbour" | textloom vocab - --top 3'],
	run: async (parameters, flags) => (await import('../vocab/run.js')).runVocab(parameters, flags),
});
