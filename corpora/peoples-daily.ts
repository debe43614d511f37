// People's Daily, January 1998: Chinese words with parts of speech. S. Yu et al., Peking University (PFR corpus), 2002.
import { type Corpus, corpus, type SegmentedSentence } from './corpus.js';
import { textLines } from './formats/lines.js';
import { closedLicence } from './github.js';

/** A paragraph of the newspaper. */
export interface TaggedParagraph extends SegmentedSentence {
	/** Date, page, article and paragraph: '19980101-01-001-006'. */
	id: string;
	/** A part of speech a word. */
	tags: string[];
	/** Names made of several words: `words.slice(start, end)` has the tag. In order of their ends. */
	compounds: { start: number; end: number; tag: string }[];
}

/** People's Daily. A paragraph is `id/m`, then words as `word/tag`; `[中央/n  电视台/n]nt` is a compound name. */
export const peoplesDaily: Corpus<TaggedParagraph, 'train'> = corpus(
	{
		name: 'peoples-daily',
		title: "People's Daily, January 1998, Chinese words and parts of speech",
		kind: 'segmentation',
		published: 'https://opendata.pku.edu.cn/',
		licence: closedLicence,
		splits: { train: 19_484 },
		files: { train: [{ path: 'segmentation/pd199801.txt', rows: 19_484 }] },
	},
	({ path, options }) => textLines(path, { ...options, record: paragraph }),
);

function paragraph(line: string): TaggedParagraph | undefined {
	const [first, ...tokens] = line.split(/\s+/).filter((token) => token !== '');
	if (first === undefined) return undefined;
	if (!/^\d{8}-\d\d-\d{3}-\d{3}\/m$/.test(first)) throw unexpected('a paragraph that begins with its number', first);
	const [words, tags]: string[][] = [[], []];
	const compounds: TaggedParagraph['compounds'] = [];
	const open: number[] = [];
	for (const token of tokens) {
		const [, bracket, word, tag, compound] = /^(\[?)(.+)\/([A-Za-z]+)(?:\]([A-Za-z]+))?$/s.exec(token) ?? [];
		if (word === undefined) throw unexpected('word/tag', token);
		if (bracket) open.push(words!.length);
		words!.push(word);
		tags!.push(tag!);
		if (compound === undefined) continue;
		const start = open.pop();
		if (start === undefined) throw unexpected('an opening bracket before the closing one', token);
		compounds.push({ start, end: words!.length, tag: compound });
	}
	if (open.length > 0) throw unexpected('a closing bracket for each opening one', line.slice(-40));
	return { id: first.slice(0, -2), words: words!, tags: tags!, compounds };
}

function unexpected(what: string, got: string): Error {
	return new Error(`peoples-daily: expected ${what}, got ${JSON.stringify(got)}. Correct or remove the line.`);
}
