// The hidden Markov model by which jieba finds words that no dictionary has (its finalseg): four states, logarithms of probabilities.
import { endHan, firstHan } from '../cut/units.js';
import { readTables } from './read-tables.js';

/** The model; `trans.EB` is that of B after E. */
export interface WordTables {
	readonly start: { readonly B: number; readonly S: number };
	readonly trans: Readonly<Record<'EB' | 'SB' | 'BM' | 'MM' | 'BE' | 'ME' | 'ES' | 'SS', number>>;
	/** ln p(character | state) of the Han characters of blocks in their order, four each: of B, M, E and S. */
	readonly emit: Float64Array;
}

let tables: WordTables | undefined;

/** The model, read at the first call. */
export function wordTables(): WordTables {
	tables ??= read();
	return tables;
}

function read(): WordTables {
	const packed = readTables('words');
	const start = { B: packed.double(), S: packed.double() };
	const [EB, SB, BM, MM] = [packed.double(), packed.double(), packed.double(), packed.double()];
	const [BE, ME, ES, SS] = [packed.double(), packed.double(), packed.double(), packed.double()];
	const emit = new Float64Array((endHan - firstHan) * 4).fill(-3.14e100);
	for (let state = 0; state < 4; state++) {
		const values = Float64Array.from({ length: packed.whole() }, () => packed.double());
		let unit = 0;
		for (let left = packed.whole(); left > 0; left--) {
			unit += packed.whole();
			emit[(unit - firstHan) * 4 + state] = values[packed.whole()]!;
		}
	}
	return { start, trans: { EB, SB, BM, MM, BE, ME, ES, SS }, emit };
}
