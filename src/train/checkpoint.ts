// Checkpoints: everything a run needs to go on, in one file that is either whole or not there.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors } from '../graph/index.js';
import { writeAtomic } from '../stream/index.js';
import type { State } from './stepper.js';

/** What one epoch came to. */
export interface EpochRecord {
	readonly epoch: number;
	/** Mean training loss. */
	readonly loss: number;
	readonly validation?: { readonly loss: number; readonly accuracy: number };
	readonly seconds: number;
	readonly documentsPerSecond: number;
}

/** Where a run stands. */
export interface Position {
	/** The epoch under way, from 0, and its batches already done. */
	readonly epoch: number;
	readonly batch: number;
	/** Steps done in all. */
	readonly step: number;
	/** Sum of the losses of the epoch's batches so far. */
	readonly lossSum: number;
	/** The best epoch so far, from 0, if any. */
	readonly best?: EpochRecord;
	readonly history: readonly EpochRecord[];
}

/** A checkpoint: the state, the best weights where they are not the current ones, the position, and what run it belongs to. */
export interface Checkpoint {
	readonly state: State;
	readonly best?: State | undefined;
	readonly position: Position;
	/** Describes recipe and data; a run goes on only from its own checkpoint. */
	readonly fingerprint: string;
}

/** The file of a run's checkpoint. */
export function checkpointPath(folder: string): string {
	return join(folder, 'checkpoint', 'last.safetensors');
}

const format = 1;

/** Writes a checkpoint in place of the last one. */
export async function saveCheckpoint(folder: string, { state, best, position, fingerprint }: Checkpoint): Promise<void> {
	const named = (prefix: string, arrays: State) =>
		Object.entries(arrays).map(([name, data]) => [prefix + name, { shape: [data.length], data }] as const);
	const tensors = Object.fromEntries([...named('last/', state), ...(best ? named('best/', best) : [])]);
	const metadata = { textloom: JSON.stringify({ format, fingerprint, position }) };
	await mkdir(join(folder, 'checkpoint'), { recursive: true });
	await writeAtomic(checkpointPath(folder), writeSafetensors({ tensors, metadata }));
}

/** Reads a run's checkpoint; undefined where there is none. */
export async function loadCheckpoint(folder: string): Promise<Checkpoint | undefined> {
	const path = checkpointPath(folder);
	let bytes: Uint8Array;
	try {
		bytes = await readFile(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
	const { tensors, metadata } = readFrom(path, () => readSafetensors(bytes));
	const header = readFrom(path, () => JSON.parse(metadata.textloom ?? 'null')) as {
		format: number;
		fingerprint: string;
		position: Position;
	} | null;
	if (header?.format !== format) {
		throw new RangeError(
			`loadCheckpoint: expected format ${format} in ${path}, got ${header?.format ?? 'none'}. Use the textloom that wrote it, or start anew.`,
		);
	}
	const part = (prefix: string) =>
		Object.fromEntries(
			Object.entries(tensors).flatMap(([name, { data }]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), data]] : [])),
		);
	const best = part('best/');
	return {
		state: part('last/'),
		best: Object.keys(best).length > 0 ? best : undefined,
		position: header.position,
		fingerprint: header.fingerprint,
	};
}

function readFrom<T>(path: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw new RangeError(
			`loadCheckpoint: expected a whole checkpoint, got a damaged one at ${path} (${(error as Error).message}). Delete it and start anew.`,
		);
	}
}
