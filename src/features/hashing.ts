// The hashing trick: columns by hashes of terms, so that nothing is learned or kept (Weinberger et al. 2009); scikit-learn's HashingVectorizer.
import { is, type Json, type Kinds, optionsOf } from '../base/index.js';
import type { SparseVector } from '../sparse/index.js';
import { map, ownStage, type Stage } from '../stream/index.js';
import type { OfText } from './counts.js';
import { murmur3 } from './murmur3.js';
import { type Norm, normalize } from './term-weights.js';
import { type Analyzed, joinOf, needsOf, sequencesOf, type TermOptions, takesShort, termKinds, termsOf } from './terms/analyzer.js';

/** How terms become columns. */
export interface HashingOptions extends TermOptions {
	/** Columns. Default 2²⁰. */
	readonly columns?: number;
	/** Whether half of the terms count negative, so that terms of one column cancel instead of adding up. Default true. */
	readonly alternateSign?: boolean;
	/** 1 for each term that a document has, however often. Default false. */
	readonly binary?: boolean;
	/** How the numbers of a document are scaled. Default `l2`. */
	readonly norm?: Norm;
}

const kinds: Kinds<HashingOptions> = {
	...{ ...termKinds, columns: is.whole(1), alternateSign: is.flag, binary: is.flag },
	norm: is.one('l1', 'l2', 'max', false),
};

interface HashingMaker {
	(options: HashingOptions & OfText): Stage<{ text: string }, { features: SparseVector }>;
	(options?: HashingOptions): Stage<{ tokens: string[] }, { features: SparseVector }>;
}

const encoder = new TextEncoder();

/**
 * Adds `features` by the hashes of terms: MurmurHash3 of their UTF-8, its size modulo `columns`, its sign that of the number.
 *
 * @example
 * pipe(docs, clean(), words(), hashing({ columns: 2 ** 18 }));
 */
export const hashing = ownStage(((given: HashingOptions = {}) => {
	const { columns: size = 2 ** 20, alternateSign = true, binary = false, norm = 'l2', ...rest } = optionsOf('hashing', given, kinds);
	const terms = termsOf(rest);
	const [sequences, join] = [sequencesOf(terms), joinOf(terms)];
	let bytes = new Uint8Array(1024);
	const features = (doc: Analyzed): SparseVector => {
		const found = new Map<number, number>();
		const count = (from: number, to: number) => {
			const hash = murmur3(bytes, from, to);
			const column = Math.abs(hash) % size;
			found.set(column, (found.get(column) ?? 0) + (alternateSign && hash < 0 ? -1 : 1));
		};
		for (const units of sequences(doc)) {
			const text = units.join(join);
			if (bytes.length < 3 * text.length) bytes = new Uint8Array(6 * text.length);
			encoder.encodeInto(text, bytes);
			eachTerm(units, { terms, join }, count);
		}
		const all = [...found].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b);
		const values = Float64Array.from(all, ([, value]) => (binary ? 1 : value));
		normalize(values, norm);
		return { indices: Int32Array.from(all, ([column]) => column), values: Float32Array.from(values), size };
	};
	const options = { ...terms, columns: size, alternateSign, binary, norm } as unknown as Json;
	const step = map((doc: Analyzed) => ({ features: features(doc) }), { stage: 'hashing', options, needs: needsOf(terms) as never });
	return Object.assign(step, { size, field: 'features' as const });
}) as unknown as HashingMaker);

/** Calls `visit` with where each n-gram begins and ends in the UTF-8 of the joined units: its units stand together there. */
function eachTerm(
	units: readonly string[],
	{ terms, join }: { terms: ReturnType<typeof termsOf>; join: string },
	visit: (from: number, to: number) => void,
): void {
	const starts = new Int32Array(units.length + 1);
	for (const [place, unit] of units.entries()) starts[place + 1] = starts[place]! + Buffer.byteLength(unit) + join.length;
	const [shortest, longest] = terms.ngramRange;
	const from = takesShort(terms) ? Math.min(shortest, units.length) : shortest;
	for (let first = 0; first < units.length; first++) {
		for (let length = from, most = Math.min(longest, units.length - first); length <= most; length++) {
			visit(starts[first]!, starts[first + length]! - join.length);
		}
	}
}
