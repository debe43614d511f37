// Keys and values of the tokens that were said. Those of all sequences of a unit stand in one list, and a step adds its own in place: what a sequence goes
// on from is a matter of which entries it has, so nothing is copied from step to step. Where a list is full, or units change, it is put in order: entries
// that no sequence has any more are left out.
import { type KeptPart, type OnnxValue, type RemoteSession, sizeOf, type Tensor, tensor } from '../../graph/index.js';
import type { Places } from './caches.js';
import { putInOrder } from './order.js';
import type { Units } from './units.js';

/** Steps that there is room for in a list put in order: more of them are fewer copies, and products over more places that nobody has. */
const room = 16;

/** The entries of sequences under way. */
export interface Entries {
	/** Makes room for a step of these units; each of its rows has the entries of that row of the step before which `rows` says, and its own. */
	begin(units: Units, rows: Int32Array): Promise<void>;
	/** Which entries the rows of the step have, bool `[units, rows of each, entries]`. */
	has(): Tensor;
	/** Where the keys and values of the step's tokens go, by the names of the lists. */
	own(): Readonly<Record<string, KeptPart>>;
}

/** Lists without entries, and room for some. */
export const emptyLists = (lists: readonly OnnxValue[], units: number): readonly (readonly [name: string, list: Tensor])[] =>
	lists.map(({ name, shape: [, heads, , width] }) => {
		const shape = [units, heads as number, room, width as number];
		return [name, tensor('float32', shape, new Float32Array(sizeOf(shape)))];
	});

/** The entries of so many sequences that begin, each a unit, in empty lists at these places. */
export function entriesOf(order: RemoteSession, places: Places, count: number): Entries {
	let units: Units = { owners: Int32Array.from({ length: count }, (_, unit) => unit), size: 1 };
	/** Which entries each row has, `[rows, length]`: 1 where it does. */
	let has = new Uint8Array(count * room);
	let length = room;
	/** How many places of each list are written, and from where on the last step's own are. */
	let [used, last] = [0, -1];

	/** What rows have that go on from those of the step before, whose own entries they have, too. */
	const handedOn = (rows: Int32Array) => {
		const all = new Uint8Array(rows.length * length);
		for (const [row, from] of rows.entries()) {
			all.set(has.subarray(from * length, (from + 1) * length), row * length);
			if (last >= 0) all[row * length + last + (from % units.size)] = 1;
		}
		return all;
	};
	/** Puts the lists in order for the rows of other units, or of the same. */
	const reorder = async (next: Units, rows: Int32Array, had: Uint8Array) => {
		/** Of each unit the entries that its rows have, and where they will be. */
		const found = Array.from(next.owners, () => new Map<number, number>());
		const each = (see: (row: number, entry: number, own: Map<number, number>) => void) => {
			for (const [row, from] of rows.entries()) {
				const [unit, own] = [Math.trunc(from / units.size), found[Math.trunc(row / next.size)]!];
				for (let place = 0; place < used; place++) if (had[row * length + place] === 1) see(row, unit * length + place, own);
			}
		};
		each((_, entry, own) => own.has(entry) || own.set(entry, own.size));
		const most = Math.max(...found.map(({ size }) => size));
		const now = most + room * next.size;
		const after = new Uint8Array(rows.length * now);
		each((row, entry, own) => {
			after[row * now + own.get(entry)!] = 1;
		});
		await putInOrder(order, places, { entries: found.map((own) => [...own.keys()]), length, now });
		[has, length, used] = [after, now, most];
	};
	return {
		async begin(next, rows) {
			const had = handedOn(rows);
			const isSame =
				next.owners.length === units.owners.length &&
				rows.every((from, row) => Math.trunc(from / units.size) === Math.trunc(row / next.size));
			if (isSame && used + next.size <= length) has = had;
			else await reorder(next, rows, had);
			[units, last] = [next, used];
			used += next.size;
		},
		has: () => tensor('bool', [units.owners.length, units.size, length], has),
		own: () => Object.fromEntries(Object.entries(places).map(([name, of]) => [name, { of, axis: 2, at: last }])),
	};
}
