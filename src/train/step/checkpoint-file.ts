// The file of a checkpoint: a run's tensors under PyTorch's names, and its facts as text, whole or not there.
import { createHash } from 'node:crypto';
import {
	type DType,
	readSafetensorsFile,
	readSafetensorsMetadata,
	type Tensor,
	type TensorData,
	writeSafetensorsFile,
} from '../../graph/index.js';
import type { Slot } from '../../optim/index.js';
import { heldBy, type State } from './state.js';
import type { TrainingGraph } from './training-plan.js';
import type { Tensors } from './turns.js';

/** What a checkpoint holds of a run's numbers: its state, and the best weights so far. */
export interface Saved {
	readonly state: State;
	readonly best?: Tensors | undefined;
}

/** The names in the file: weights have their own. */
const slotIn = (slot: string, name: string) => `optimizer.${slot}.${name}`;
const ageIn = (name: string) => `age.${name}`;
const carriedIn = (name: string) => `carried.${name}`;
const scalingIn = (name: string) => `scaling.${name}`;
const bestIn = (name: string) => `best.${name}`;

/** Writes a checkpoint in place of the one that was there. Slots are written as PyTorch has them. */
export async function writeCheckpoint(
	path: string,
	{ slots }: Pick<TrainingGraph, 'slots'>,
	{ state, best = {} }: Saved,
	facts: string,
): Promise<void> {
	const entries: Entry[] = [
		...named(state.weights, (name) => name),
		...slots.flatMap((slot) => named(state.slots[slot.name] ?? {}, (name) => slotIn(slot.name, name), slot)),
		...named(state.ages, ageIn),
		...named(state.carried, carriedIn),
		...named(state.scaling, scalingIn),
		...named(best, bestIn),
	];
	const names = entries.map(({ name }) => name);
	const twice = names.find((name, place) => names.indexOf(name) !== place);
	if (twice !== undefined)
		throw new RangeError(`checkpoint: expected parameters of other names than ${twice}, which stands for something else in it. Rename it.`);
	const numbers = entries.map(({ name, data }): [string, () => TensorData] => [name, data]);
	await writeSafetensorsFile(path, {
		tensors: entries.map(({ name, dtype, shape, data }) => [name, { dtype, shape }, data] as const),
		metadata: { textloom: facts, checksum: checksumOf(facts, numbers) },
	});
}

/** One tensor of the file; its numbers are made when they are written. */
interface Entry {
	readonly name: string;
	readonly dtype: DType;
	readonly shape: readonly number[];
	data(): TensorData;
}

function named(tensors: Tensors, rename: (name: string) => string, { fileScale: scale = 1 }: Partial<Slot> = {}): Entry[] {
	return Object.entries(tensors).map(([name, { dtype, shape, data }]) => {
		// Slots of float64 stand as they are: there are no digits left to bring them back by.
		if (scale === 1 || dtype === 'float64') return { name: rename(name), dtype, shape, data: () => data };
		// Twice as many digits as the slot has: what is read back is the slot bit for bit.
		return { name: rename(name), dtype: 'float64', shape, data: () => Float64Array.from(data as Float32Array, (value) => value * scale) };
	});
}

/** A hash of all that a checkpoint holds, whatever the order of its tensors. */
function checksumOf(facts: string, tensors: readonly (readonly [name: string, data: () => TensorData])[]): string {
	const hash = createHash('sha256').update(facts);
	for (const [name, data] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
		const { buffer, byteOffset, byteLength } = data();
		hash.update(name).update(new Uint8Array(buffer, byteOffset, byteLength));
	}
	return hash.digest('hex');
}

/** The facts in a checkpoint, without its numbers. */
export async function readFacts(path: string): Promise<string> {
	const { textloom } = await readSafetensorsMetadata(path);
	if (textloom === undefined) throw new RangeError('it is no checkpoint of textloom');
	return textloom;
}

/** Reads the numbers of a checkpoint that belongs to a graph. Throws a RangeError for one that is damaged or of another graph. */
export async function readCheckpoint(path: string, graph: TrainingGraph): Promise<Saved> {
	const { tensors, metadata } = await readSafetensorsFile(path);
	const { textloom: facts = '', checksum } = metadata;
	const numbers = Object.entries(tensors).map(([name, { data }]): [string, () => TensorData] => [name, () => data]);
	if (checksumOf(facts, numbers) !== checksum) throw damaged(path, 'its checksum is wrong');
	const find = (name: string): Tensor => {
		if (Object.hasOwn(tensors, name)) return tensors[name]!;
		throw damaged(path, `it has no ${name}`);
	};
	const pick = (names: readonly string[], rename: (name: string) => string): Tensors =>
		Object.fromEntries(names.map((name) => [name, find(rename(name))]));
	const held = heldBy(graph).map(({ name }) => name);
	const moved = [...graph.parameters, ...graph.tables].map(({ name }) => name);
	const slots = graph.slots.map((slot) => {
		const stored = pick(moved, (name) => slotIn(slot.name, name));
		const numbers = (tensor: Tensor) => (graph.floats === 'float64' ? tensor : unscaled(tensor, slot));
		return [slot.name, Object.fromEntries(Object.entries(stored).map(([name, tensor]) => [name, numbers(tensor)]))] as const;
	});
	const aging = graph.slots.some(({ idleDecay = 1 }) => idleDecay !== 1) ? graph.tables.map(({ name }) => name) : [];
	const carried = graph.carried.map(({ name }) => name).filter((name) => Object.hasOwn(tensors, carriedIn(name)));
	const hasBest = held.some((name) => Object.hasOwn(tensors, bestIn(name)));
	return {
		state: {
			weights: pick(held, (name) => name),
			slots: Object.fromEntries(slots),
			ages: pick(aging, ageIn),
			carried: pick(carried, carriedIn),
			scaling: pick(Object.keys(graph.scaling), scalingIn),
		},
		...(hasBest && { best: pick(held, bestIn) }),
	};
}

function unscaled(tensor: Tensor, { fileScale: scale = 1 }: Slot): Tensor {
	if (scale === 1) return tensor;
	return { ...tensor, data: Float64Array.from(tensor.data as Float64Array, (value) => value / scale) };
}

/** The error of a checkpoint that cannot be used. */
export function damaged(path: string, reason: string): RangeError {
	return new RangeError(
		`loadCheckpoint: expected a whole checkpoint, got a damaged one at ${path} (${reason}). Start anew (existing: 'overwrite', --overwrite), or copy the file again.`,
	);
}
