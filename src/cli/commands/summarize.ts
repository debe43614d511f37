// textloom summarize: the sentences that say most of a text.
import { defineCommand } from '../command.js';
import { group } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, text, whole } from '../flags/kinds.js';
import { textFacts, textFiles, textFlags } from '../own/text-files.js';

const method = group('Summary', {
	method: { kind: choice('textrank', 'lexrank'), value: 'NAME', help: 'textrank or lexrank', default: 'lexrank' },
	language: { kind: text, value: 'CODE', help: 'the language of stop words', otherwise: 'zh for texts of Han characters, else en' },
	sentences: { kind: whole(1), value: 'N', help: 'how many sentences', default: 3 },
});

export default defineCommand({
	parameters: textFiles,
	flags: {
		...textFlags,
		...method,
		...groups.json,
		...groups.settings,
	},
	facts: textFacts,
	example: ['echo "The harbour wall fell. It rained. Repairs of the harbour wall begin." | textloom summarize - --sentences 1'],
	run: async (parameters, flags) => (await import('../keywords/run-summarize.js')).runSummarize(parameters, flags),
});
