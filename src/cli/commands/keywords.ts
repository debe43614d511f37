// textloom keywords: what texts are about, and how good a method is at saying so.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, flag, path, text, whole } from '../flags/kinds.js';
import { textFacts, textFiles, textFlags } from '../own/text-files.js';

const method = group('Keywords', {
	method: {
		kind: choice('yake', 'textrank', 'rake', 'summa', 'tfidf'),
		value: 'NAME',
		help: 'yake, textrank, rake, summa, or tfidf against the other texts',
		default: 'yake',
	},
	language: { kind: text, value: 'CODE', help: 'the language of stop words', otherwise: 'zh for texts of Han characters, else en' },
});
const most = group('Keywords', { top: { kind: whole(1), value: 'N', help: 'the most keywords of a text', default: 10 } });
const weights = group('Keywords', {
	idf: {
		kind: path,
		value: 'FILE',
		help: 'weights of words, a word and its idf a line, as jieba has them',
		otherwise: 'those among the texts, by a pass before',
	},
});
const evaluate = group('Output', {
	evaluate: { kind: flag, help: 'precision, recall and F1 of the first 5, 10 and 15 against the field keys of each row' },
});

export default defineCommand({
	parameters: textFiles,
	flags: {
		...textFlags,
		...needing('a FILE with columns', evaluate),
		...method,
		...needing('--method tfidf', weights),
		...needing('no --evaluate', most),
		...groups.json,
		...groups.settings,
	},
	facts: {
		...textFacts,
		'--method tfidf': ({ flags: { method } }) => method === 'tfidf' || method,
		'no --evaluate': ({ flags: { evaluate } }) => !evaluate || '--evaluate',
	},
	example: ['echo "The old harbour wall fell. Repairs of the harbour wall begin." | textloom keywords - --method rake --top 2'],
	run: async (parameters, flags) => (await import('../keywords/run.js')).runKeywords(parameters, flags),
});
