// Files of word pairs that people have judged: WordSim-353, SimLex-999, RG-65 and others, whatever stands between their columns.
import { collect, LineSplitter, type Paths, recordSource, type SourceOptions } from '../../stream/public.js';

/** Two words, and how alike people find them. */
export interface WordPair {
	readonly a: string;
	readonly b: string;
	readonly score: number;
}

/** What may stand between columns: the first that a line has. */
const delimiters = [/\t/, /;/, /,/, /\s+/];

/**
 * Reads word pairs: two words and, as the first number after them, a score; tabs, semicolons, commas or spaces are between. Lines that begin with `#` and
 * a first line of names are passed over.
 *
 * @throws {DataError} with `file:line` for a line without these, unless `onError` says otherwise; gensim passes over such lines.
 */
export async function readWordPairs(paths: Paths, options: SourceOptions = {}): Promise<WordPair[]> {
	const docs = recordSource<WordPair>('readWordPairs', paths, options, (sink) => {
		let first = true;
		const take = (text: string, line: number) => {
			if (text.trim() === '' || text.startsWith('#')) return;
			const pair = pairOf(text);
			if (pair) sink.add(pair, line);
			else if (!first) {
				sink.fault(line, `expected two words and a number, got ${JSON.stringify(text.slice(0, 60))}. Correct the line, or skip bad ones.`);
			}
			first = false;
		};
		return new LineSplitter({ record: take, fault: sink.fault }, options);
	});
	return await collect(docs);
}

function pairOf(text: string): WordPair | undefined {
	const delimiter = delimiters.find((delimiter) => text.split(delimiter).length >= 3);
	if (!delimiter) return undefined;
	const [a, b, ...rest] = text.split(delimiter).map((field) => field.trim());
	const score = rest.find((field) => field !== '' && Number.isFinite(Number(field)));
	return a && b && score !== undefined ? { a, b, score: Number(score) } : undefined;
}
