// Checkpoints: everything a run needs to go on, in one file that is either whole or not there.
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors, type Tensor, type TensorFile, writeSafetensors } from '../../graph/index.js';
import { writeAtomic } from '../../stream/index.js';
import type { State } from '../step/stepper.js';
import type { FitRecord, Position } from './position.js';

/** A checkpoint: the state, the best weights so far, the position, and what run it belongs to. */
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

const format = 2;

/** Writes a run's records, one a line, in place of those before. */
export async function saveHistory(folder: string, history: readonly FitRecord[]): Promise<void> {
	await writeAtomic(join(folder, 'history.jsonl'), history.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

/** Writes a checkpoint in place of the last one. */
export async function saveCheckpoint(folder: string, { state, best, position, fingerprint }: Checkpoint): Promise<void> {
	const named = (prefix: string, arrays: State) =>
		Object.entries(arrays).map(([name, data]) => [prefix + name, { dtype: 'float32', shape: [data.length], data } as Tensor] as const);
	const tensors = Object.fromEntries([...named('last/', state), ...(best ? named('best/', best) : [])]);
	const facts = JSON.stringify({ format, fingerprint, position });
	await mkdir(join(folder, 'checkpoint'), { recursive: true });
	await writeAtomic(
		checkpointPath(folder),
		writeSafetensors({ tensors, metadata: { textloom: facts, checksum: checksum(facts, tensors) } }),
	);
}

/**
 * Reads a run's checkpoint; undefined where there is none.
 *
 * @throws {RangeError} for a checkpoint that is damaged or of another format.
 */
export async function loadCheckpoint(folder: string): Promise<Checkpoint | undefined> {
	const path = checkpointPath(folder);
	let file: TensorFile;
	try {
		// As a plain array: `slice` of a Buffer does not copy.
		file = readSafetensors(new Uint8Array(await readFile(path)));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return undefined;
		throw damaged(path, message);
	}
	const { tensors, metadata } = file;
	const { textloom: facts = '', checksum: expected } = metadata;
	if (checksum(facts, tensors) !== expected) throw damaged(path, 'its checksum is wrong');
	const header = JSON.parse(facts) as { format: number; fingerprint: string; position: Position };
	if (header.format !== format) {
		throw new RangeError(
			`loadCheckpoint: expected format ${format} in ${path}, got ${header.format}. Use the textloom that wrote it, or start anew (existing: 'overwrite', --overwrite).`,
		);
	}
	const part = (prefix: string) =>
		Object.fromEntries(
			Object.entries(tensors).flatMap(([name, { data }]) =>
				name.startsWith(prefix) ? [[name.slice(prefix.length), data as Float32Array]] : [],
			),
		);
	const best = part('best/');
	return {
		state: part('last/'),
		best: Object.keys(best).length > 0 ? best : undefined,
		position: header.position,
		fingerprint: header.fingerprint,
	};
}

function checksum(facts: string, tensors: TensorFile['tensors']): string {
	const hash = createHash('sha256').update(facts);
	for (const [name, { data }] of Object.entries(tensors))
		hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
	return hash.digest('hex');
}

function damaged(path: string, reason: string): RangeError {
	return new RangeError(
		`loadCheckpoint: expected a whole checkpoint, got a damaged one at ${path} (${reason}). Start anew (existing: 'overwrite', --overwrite), or copy the file again.`,
	);
}
