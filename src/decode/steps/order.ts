// Puts lists of keys and values in order: some of their entries, in other units or another order, and room for more.
import {
	emit,
	input,
	type OnnxValue,
	ops,
	type RemoteSession,
	type SessionHost,
	type Tensor,
	tensor,
	writeOnnx,
} from '../../graph/index.js';
import type { Places } from './caches.js';

/** What the entries of lists are to be: for each place of each unit the unit and the place before, int32 `[units, places]`. */
const [unitsInput, entriesInput] = ['units', 'entries'] as const;

const ordered = (name: string) => `${name}/ordered`;

/** A session that takes entries of lists `[units, heads, entries, width]`. */
export function openOrder(host: SessionHost, lists: readonly OnnxValue[]): Promise<RemoteSession> {
	const [units, entries] = [input(unitsInput, 'int32', ['now', 'room']), input(entriesInput, 'int32', ['now', 'room'])];
	const values = lists.map(
		({ name, dtype, shape: [, heads, , width] }) => [name, input(name, dtype, ['units', heads!, 'entries', width!])] as const,
	);
	const taken = values.map(([name, list]) => {
		const [, heads, , width] = list.shape as readonly [string, number, string, number];
		// Of all vectors of a list, one for each unit, head and entry: the number of the one that is wanted.
		const heading = ops.add(ops.mul(ops.unsqueeze(units, [1]), heads), ops.reshape(ops.places(list, 1), [1, heads, 1]));
		const number = ops.add(ops.mul(heading, ops.cast(ops.sizeAt(list, 2), 'int32')), ops.unsqueeze(entries, [1]));
		return [ordered(name), ops.gather(ops.reshape(list, ['vectors', width]), number)] as const;
	});
	const inputs = { ...Object.fromEntries(values), [unitsInput]: units, [entriesInput]: entries };
	return host.open(writeOnnx(emit({ inputs, outputs: Object.fromEntries(taken) })), { threads: 1 });
}

/** Which entries of which units lists are to have. */
export interface Order {
	/** For each unit the numbers of its entries, unit · `length` + place. */
	readonly entries: readonly (readonly number[])[];
	/** How long lists were. */
	readonly length: number;
	/** How long they are to be: what is behind a unit's entries is any numbers. */
	readonly now: number;
}

/** Puts the lists in these places in order. */
export async function putInOrder(session: RemoteSession, places: Places, { entries, length, now }: Order): Promise<void> {
	const shape = [entries.length, now];
	const numbers = (of: (entry: number) => number): Tensor => {
		const all = new Int32Array(entries.length * now);
		for (const [unit, own] of entries.entries()) for (const [place, entry] of own.entries()) all[unit * now + place] = of(entry);
		return tensor('int32', shape, all);
	};
	const feeds = {
		...places,
		[unitsInput]: numbers((entry) => Math.trunc(entry / length)),
		[entriesInput]: numbers((entry) => entry % length),
	};
	await session.run(feeds, {
		outputs: [],
		into: Object.fromEntries(Object.entries(places).map(([name, place]) => [ordered(name), place])),
	});
}
