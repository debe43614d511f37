// Options and arguments that cannot be meant: each is one line that says who, what was expected, what came and what to do.

import * as all from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import * as stream from 'textloom/stream';
import { describe, expect, it } from 'vitest';

// As JavaScript calls it: without types.
// biome-ignore lint/suspicious/noExplicitAny: what TypeScript refuses is what these tests are about.
const loom = { ...stream, ...all } as any;
const docs = [{ text: 'a', label: 'x', i: 1 }];
const { augment, batch, batches, bpe, chain, characters, clean, cleanText, collect, concat, csv, dedupe, documents, ends, filter, folder } =
	loom;
const { fromJSON, inTraining, interleave, json, jsonl, labels, lines, parallel, pipe, plainWords, progress, readText, recordSource } = loom;
const { regexp, sample, sentences, shuffle, skip, splitDocuments, stem, stemmer, stemWith, stopwords, subwords, take, tap, tfidf } = loom;
const { toCsv, toJSON, toJsonl, toText, unigram, vocabulary, whitespace, wordpiece, words, wordTokens } = loom;

const names: [call: () => unknown, message: string][] = [
	[() => csv('f', { delimeter: '\t' }), 'csv: expected an option that it has, got delimeter. Did you mean delimiter?'],
	[() => clean({ lowerCase: false }), 'clean: expected an option that it has, got lowerCase. Did you mean lowercase?'],
	[() => cleanText('a', { lower: false }), 'cleanText: expected an option that it has, got lower. Did you mean lowercase?'],
	[() => words({ punct: false }), 'words: expected an option that it has, got punct. Did you mean punctuation?'],
	[() => augment({ synonyms: 0.1 }), 'augment: expected an option that it has, got synonyms. It has on, drop, swap, noise, seed, epoch.'],
	[() => jsonl('f', { maxRecords: 1 }), 'jsonl: expected an option that it has, got maxRecords. Did you mean maxRecord?'],
	[() => lines('f', { onerror: 'skip' }), 'lines: expected an option that it has, got onerror. Did you mean onError?'],
	[() => json('f', { paths: 'a' }), 'json: expected an option that it has, got paths. Did you mean path?'],
	[() => folder('f', { label: ['a'] }), 'folder: expected an option that it has, got label. Did you mean labels?'],
	[() => wordTokens('a', { x: 1 }), 'wordTokens: expected an option that it has, got x. It has punctuation.'],
	[() => toCsv('-', { colums: [] }), 'toCsv: expected an option that it has, got colums. Did you mean columns?'],
	[() => vocabulary({ mincount: 2 }), 'vocabulary: expected an option that it has, got mincount. Did you mean minCount?'],
	[() => clean(JSON.parse('{"__proto__":1}')), 'clean: expected an option that it has, got __proto__. It has '],
	[() => clean({ constructor: 1 }), 'clean: expected an option that it has, got constructor. It has '],
];

const values: typeof names = [
	[() => stopwords({ keep: 'not' }), "stopwords: expected keep to be an array of texts, got 'not'. Correct it, or leave it out."],
	[() => stopwords({ extra: [1] }), 'stopwords: expected extra to be an array of texts, got [ 1 ]. Correct it, or leave it out.'],
	[() => shuffle({ seed: 'a' }), "shuffle: expected seed to be a whole number, got 'a'. Correct it."],
	[() => shuffle({ seed: 1.5 }), 'shuffle: expected seed to be a whole number, got 1.5. Correct it.'],
	[
		() => shuffle({ seed: 1, inMemory: -1 }),
		'shuffle: expected inMemory to be a whole number from 0, got -1. Correct it, or leave it out.',
	],
	[() => splitDocuments(docs, { a: 1 }, { seed: 'a' }), "splitDocuments: expected seed to be a whole number, got 'a'."],
	[() => sample(1, { seed: 0.5 }), 'sample: expected seed to be a whole number, got 0.5.'],
	[() => interleave([docs], { seed: null }), 'interleave: expected seed to be a whole number, got null.'],
	[
		() => interleave([docs], { until: 'shortest' }),
		"interleave: expected until to be one of 'all', 'first', got 'shortest'. Choose one of these",
	],
	[() => interleave([docs], { weights: '1' }), "interleave: expected weights to be an array of numbers above 0, got '1'."],
	[() => csv('f', { onError: 'ignore' }), "csv: expected onError to be one of 'throw', 'skip' or a function, got 'ignore'."],
	[
		() => lines('f', { invalidUtf8: 'error' }),
		"lines: expected invalidUtf8 to be one of 'replace', 'throw', got 'error'. Choose one of these",
	],
	[
		() => recordSource('own', 'f', { onError: 'ignore' }),
		"own: expected onError to be one of 'throw', 'skip' or a function, got 'ignore'.",
	],
	[() => collect(readText('f', { invalidUtf8: 'error' })), "readText: expected invalidUtf8 to be one of 'replace', 'throw', got 'error'."],
	[() => jsonl('f', { maxRecord: -5 }), 'jsonl: expected maxRecord to be a whole number from 1, got -5. Correct it, or leave it out.'],
	[() => csv('f', { columns: 'text' }), "csv: expected columns to be an array of texts, got 'text'. Correct it, or leave it out."],
	[() => csv('f', { delimiter: ',,' }), "csv: expected delimiter to be one character that is no quote or line break or 'auto', got ',,'."],
	[
		() => words({ punctuation: 'strip', offsets: 'yes' }),
		"words: expected offsets to be true or false, got 'yes'. Correct it, or leave it out.",
	],
	[() => words({ punctuation: 'strip' }), "words: expected punctuation to be true or false, got 'strip'. Correct it, or leave it out."],
	[() => whitespace({ offsets: 1 }), 'whitespace: expected offsets to be true or false, got 1.'],
	[() => sentences({ offsets: 1 }), 'sentences: expected offsets to be true or false, got 1.'],
	[() => characters({ unit: 'byte' }), "characters: expected unit to be one of 'codePoint', 'grapheme', got 'byte'."],
	[() => ends({ first: 1 }), 'ends: expected first to be a text or null, got 1.'],
	[() => plainWords({ digits: 0 }), 'plainWords: expected digits to be true or false, got 0.'],
	[() => augment({ drop: 2 }), 'augment: expected drop to be a share from 0 to 1, got 2.'],
	[() => stem({ language: 'xx' }), 'stem: expected language to be one of '],
	[
		() => stemmer({ algorithm: 'x' }),
		"stemmer: expected algorithm to be one of 'porter', 'porter-1980', 'lancaster', got 'x'. Choose one of these, or use stemWith.",
	],
	[() => regexp({ pattern: 'a', flags: 'y' }), "regexp: expected flags to be flags of a regular expression other than y, got 'y'."],
	[() => dedupe({ by: 'a' }), "dedupe: expected by to be a function, got 'a'. Correct it, or leave it out."],
	[() => tfidf({ norm: 'l3' }), "tfidf: expected norm to be one of 'l1', 'l2', 'max', false, got 'l3'."],
	[() => dedupe({ near: 0 }), 'dedupe: expected near to be a similarity above 0, at most 1, got 0. Correct it, or leave it out.'],
	[() => dedupe({ shingle: 2 }), 'dedupe: expected near beside shingle, got shingle alone. Pass near: 0.8, or leave shingle out.'],
	[() => labels({ order: 'ab' }), "labels: expected order to be an array of texts, got 'ab'."],
	[() => batches({ size: '8' }), "batches: expected size to be a whole number from 1, got '8'."],
	[() => unigram({ size: 300, words: 1.5 }), 'unigram: expected words to be a whole number from 1, got 1.5.'],
	[() => subwords({}, { maxLength: 0 }), 'subwords: expected maxLength to be a whole number from 1, got 0.'],
	[() => parallel(words(), { keep: 'ids' }), "parallel: expected keep to be an array of texts, got 'ids'."],
	[
		() => parallel(words(), { modules: { a: { module: './x.mjs' } } }),
		"parallel: expected module to be the whole URL of a module, got './x.mjs'. Write new URL('./stages.js', import.meta.url).",
	],
	[() => toCsv('-', { header: 'no' }), "toCsv: expected header to be true or false, got 'no'."],
	[() => toJsonl('-', { gzip: 'no' }), "toJsonl: expected gzip to be true or false, got 'no'."],
	[() => toText('-', { line: 'text' }), "toText: expected line to be a function, got 'text'."],
	[() => progress(() => {}, { every: '1' }), "progress: expected every to be a whole number from 1, got '1'."],
	[
		() => collect(splitDocuments(docs, { a: 1 }, { by: ({ i }: { i: number }) => i }).a),
		'splitDocuments: expected the key of a document to be a text, got 1. Say what the key is: splitDocuments(docs, shares, { by: (doc) => String(doc.id) }).',
	],
];

const needed: typeof names = [
	[() => shuffle(), 'shuffle: expected seed to be a whole number, got nothing. Pass it.'],
	[() => regexp(), 'regexp: expected pattern to be a text, got nothing. Pass it.'],
	[() => bpe(), 'bpe: expected size to be a whole number from 1, got nothing. 8000 to 32000 are usual.'],
	[() => wordpiece(), 'wordpiece: expected size to be a whole number from 1, got nothing.'],
	[() => inTraining(clean()), 'inTraining: expected epoch to be a whole number from 0, got nothing. Pass it.'],
	[() => clean(5), 'clean: expected an object of options, got 5. Pass one such as { '],
	[() => csv('f', null), 'csv: expected an object of options, got null. Pass one such as { '],
	[() => words([]), 'words: expected an object of options, got []. Pass one such as { '],
	[() => stem('de'), "stem: expected an object of options, got 'de'. Pass one such as { algorithm: … }."],
];

const given: typeof names = [
	[() => csv(), "csv: expected paths to be a path, a pattern, '-', or an array of these, got nothing. Pass one such as 'reviews.csv'."],
	[() => csv(5), "csv: expected paths to be a path, a pattern, '-', or an array of these, got 5. Pass one such as 'reviews.csv'."],
	[() => folder(), 'folder: expected path to be the path of a folder, or an array of these, got nothing.'],
	[() => filter('x'), "filter: expected keep to be a function, got 'x'. Write filter((doc) => …)."],
	[() => tap(), 'tap: expected look to be a function, got nothing. Pass it.'],
	[() => progress(), 'progress: expected onProgress to be a function, got nothing. Pass it.'],
	[() => take('1'), "take: expected count to be a whole number from 0, got '1'. Correct it."],
	[() => sample('0.5'), "sample: expected size to be a number of documents, or a share below 1, got '0.5'. Correct it."],
	[() => skip(), 'skip: expected count to be a whole number from 0, got nothing. Pass it.'],
	[() => batch(0.5), 'batch: expected size to be a whole number from 1, got 0.5. Correct it.'],
	[
		() => pipe('a.csv', clean()),
		"pipe: expected source to be documents: an array, an iterable or an async iterable, got 'a.csv'. Pass an array, or a source such as csv(path).",
	],
	[() => pipe(docs, {}), 'pipe: expected step 1 to be a function, got {}. Pass stages, and steps such as filter((doc) => …).'],
	[
		() => pipe(docs, clean(), () => {}),
		'pipe: expected what step 2 gives to be documents: an array, an iterable or an async iterable, got nothing.',
	],
	[() => documents(undefined), 'documents: expected source to be documents: an array, an iterable or an async iterable, got nothing.'],
	[() => concat(docs, 5), 'concat: expected source to be documents: an array, an iterable or an async iterable, got 5.'],
	[() => interleave(docs, docs), 'interleave: expected an object of options, got [ { '],
	[() => interleave(5), 'interleave: expected sources to be an array of sources, got 5. Write interleave([news, reviews]).'],
	[() => splitDocuments(docs), 'splitDocuments: expected shares to be an object, got nothing. Write { train: 0.9, test: 0.1 }.'],
	[
		() => chain(() => {}),
		'chain: expected part 1 to be a stage, or something that learns one, got [Function (anonymous)]. Make it with map() or stage().',
	],
	[() => inTraining(batch(1), { epoch: 0 }), 'inTraining: expected stage to be a stage, got [Function (anonymous)].'],
	[() => parallel([batch(1)]), 'parallel: expected stage 1 to be a stage, got [Function (anonymous)]. Make it with map() or stage().'],
	[
		() => toJSON(batch(1)),
		'toJSON: expected stage to be a stage, or something that learns one, got [Function (anonymous)]. Make it with map() or stage().',
	],
	[() => cleanText(5), 'cleanText: expected text to be a text, got 5. Correct it.'],
	[() => wordTokens(), 'wordTokens: expected text to be a text, got nothing. Pass it.'],
	[() => toJsonl(), "toJsonl: expected target to be a path, '-' or a stream, got nothing."],
	[() => toJsonl('b.jsonl')('a'), 'toJsonl: expected source to be documents: an array, an iterable or an async iterable, got '],
	[() => stemWith('', (word: string) => word), "stemWith: expected name to be a text that is not empty, got ''. Correct it."],
	[() => (agNews as typeof loom).test(5), 'ag-news: expected the path of a data folder, got 5. Leave it out, or pass null for the sample.'],
	[
		() => fromJSON({ format: 2, stages: [{ stage: 'clean', options: null }] }),
		'fromJSON: expected options of clean that this version has, got null. Was it saved by a newer textloom? Update.',
	],
	[
		() => fromJSON({ format: 2, stages: [{ stage: 'words', options: { punctuation: true, offsets: 'yes' } }] }),
		'fromJSON: expected options of words that this version has, got {"offsets":"yes"}. Was it saved by a newer textloom? Update.',
	],
];

/** What a call throws, or its promise is rejected with. */
const thrown = async (call: () => unknown): Promise<unknown> => {
	try {
		return await call();
	} catch (error) {
		return error;
	}
};

describe.each([
	['names', names],
	['values', values],
	['options that must be there', needed],
	['arguments', given],
])('%s', (_, rows) => {
	it.each(rows)('%s', async (call, message) => {
		const error = (await thrown(call)) as Error;
		expect(error).toBeInstanceOf(Error);
		expect(error.message.slice(0, message.length)).toBe(message);
		expect(error.message).not.toContain('\n');
	});
});

describe('options', () => {
	it('may be undefined', () => {
		expect(clean({ lowercase: undefined }).spec).toEqual(clean().spec);
	});

	it('do not compile where a stage does not have them', () => {
		// @ts-expect-error the option is called punctuation
		expect(() => all.words({ offsets: true, punct: false })).toThrow('Did you mean punctuation?');
		// @ts-expect-error and this one whitespace
		expect(() => all.characters({ offsets: true, space: false })).toThrow('It has');
	});
});
