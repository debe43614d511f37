// SMART's letters for weights of terms (Salton and Buckley 1988; pivoted lengths: Singhal, Buckley and Mitra 1996), as gensim's TfidfModel reads them: logarithms to base 2.
import type { Kind } from '../base/index.js';
import { normalize } from './term-weights.js';
import type { CorpusFacts, TermRow, Weighting } from './vectorizer.js';

/** The frequency in a document, from the counts of all its terms. */
const local: Readonly<Record<string, (counts: Float64Array) => (count: number) => number>> = {
	n: () => (count) => count,
	l: () => (count) => 1 + Math.log2(count),
	d: () => (count) => 1 + Math.log2(1 + Math.log2(count)),
	a: (counts) => {
		const largest = counts.reduce((most, count) => Math.max(most, count), 0);
		return (count) => 0.5 + (0.5 * count) / largest;
	},
	b: () => () => 1,
	L: (counts) => {
		const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
		return (count) => (1 + Math.log2(count)) / (1 + Math.log2(mean));
	},
};
const global: Readonly<Record<string, (documents: number, having: number) => number>> = {
	n: () => 1,
	f: (documents, having) => Math.log2(documents / having),
	t: (documents, having) => Math.log2((documents + 1) / having),
	p: (documents, having) => Math.max(0, Math.log2((documents - having) / having)),
};
/** Letters that stand for others. */
const aliases = { local: { t: 'n' }, global: { x: 'n' }, length: { x: 'n' } } as const;

/** Less than this counts as 0. */
const tiny = 1e-12;

export const smartKind: Kind = {
	expected: "three of SMART's letters, such as 'ltc': one of b t n a l d L, one of x n f t p, one of x n c u b",
	fits: (value) => typeof value === 'string' && /^[btnaldL][xnftp][xncub]$/.test(value),
};

/** The idf that the second of three letters stands for. */
export function smartIdf(letters: string): (documents: number, having: number) => number {
	const second = letters[1]!;
	return global[(aliases.global as Record<string, string>)[second] ?? second]!;
}

/** The weighting that three letters stand for. Terms whose weight is 0 stay, as 0. */
export function smartWeighting(letters: string, { slope = 0.25 }: { slope?: number | undefined }): Weighting {
	const [first, , third] = [...letters] as [string, string, string];
	const frequency = local[(aliases.local as Record<string, string>)[first] ?? first]!;
	const idf = smartIdf(letters);
	return (facts) => {
		const idfs = Float64Array.from(facts.documentCounts, (having) => idf(facts.documents, having));
		const lengthOf = lengths[(aliases.length as Record<string, string>)[third] ?? third]!(facts);
		return (row) => {
			const { columns, values } = row;
			const length = lengthOf(row, idfs);
			const weigh = frequency(values);
			for (let i = 0; i < values.length; i++) values[i] = weigh(values[i]!) * idfs[columns[i]!]!;
			if (length === 'cosine') normalize(values, 'l2');
			else if (length) for (let i = 0; i < values.length; i++) values[i]! /= (1 - slope) * length.pivot + slope * length.own;
			for (let i = 0; i < values.length; i++) if (Math.abs(values[i]!) <= tiny) values[i] = 0;
		};
	};
}

/** A document's own length and the mean one; or that its weights are scaled to length 1. */
type Length = 'cosine' | { readonly pivot: number; readonly own: number } | undefined;

const lengths: Readonly<Record<string, (facts: CorpusFacts) => (row: TermRow, idfs: Float64Array) => Length>> = {
	n: () => () => undefined,
	c: () => () => 'cosine',
	// Distinct terms, of those whose weight is not 0.
	u: ({ documents, documentCounts }) => {
		const pivot = documentCounts.reduce((sum, having) => sum + having, 0) / documents;
		return ({ columns }, idfs) => ({ pivot, own: columns.reduce((sum, column) => sum + (Math.abs(idfs[column]!) > tiny ? 1 : 0), 0) });
	},
	// Characters, with one more for each term.
	b: ({ documents, totals, names }) => {
		const sizes = Float64Array.from(names(), (name) => Array.from(name).length + 1);
		const pivot = totals.reduce((sum, total, column) => sum + total * sizes[column]!, 0) / documents;
		return ({ columns, values }) => ({ pivot, own: columns.reduce((sum, column, place) => sum + values[place]! * sizes[column]!, 0) });
	},
};
