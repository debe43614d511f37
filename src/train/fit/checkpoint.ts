// Checkpoints: everything a run needs to go on, in one file that is either whole or not there. The worker of the run writes and reads its numbers.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomic } from '../../base/index.js';
import { damaged, readFacts } from '../step/checkpoint-file.js';
import type { FitRecord, Position } from './position.js';

/** What a checkpoint tells beside the numbers. */
export interface Checkpoint {
	readonly path: string;
	readonly position: Position;
	/** Parts that each batch was divided into. */
	readonly replicas: number;
	/** Options that change a step, by name. */
	readonly facts: Readonly<Record<string, unknown>>;
	/** Describes model, data and options; a run goes on only from its own checkpoint. */
	readonly fingerprint: string;
}

/** The file of a run's checkpoint. */
export function checkpointPath(folder: string): string {
	return join(folder, 'checkpoint', 'last.safetensors');
}

/** Makes the folder of a run's checkpoints, in the run's own. */
export async function makeCheckpointFolder(folder: string): Promise<void> {
	await mkdir(dirname(checkpointPath(folder))).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') throw error;
	});
}

const format = 3;

/** Writes a run's records, one a line, in place of those before. */
export async function saveHistory(folder: string, history: readonly FitRecord[]): Promise<void> {
	await writeAtomic(join(folder, 'history.jsonl'), history.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

/** The facts of a checkpoint as text. */
export function factsOf({ position, fingerprint, replicas, facts }: Omit<Checkpoint, 'path'>): string {
	return JSON.stringify({ format, fingerprint, replicas, facts, position });
}

/**
 * Reads where a run's checkpoint stands; undefined where there is none.
 *
 * @throws {RangeError} for a checkpoint that is damaged or of another format.
 */
export async function loadCheckpoint(folder: string): Promise<Checkpoint | undefined> {
	const path = checkpointPath(folder);
	let header: Partial<Checkpoint> & { format?: unknown };
	try {
		header = JSON.parse(await readFacts(path));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return undefined;
		throw damaged(path, message);
	}
	if (header?.format !== format) {
		throw new RangeError(
			`loadCheckpoint: expected format ${format} in ${path}, got ${header?.format}. Use the textloom that wrote it, or start anew (existing: 'overwrite', --overwrite).`,
		);
	}
	const { position, fingerprint, replicas, facts = {} } = header;
	if (!isPosition(position) || typeof fingerprint !== 'string' || !(replicas! >= 1))
		throw damaged(path, 'it does not say where the run stood');
	return { path, position, fingerprint, facts, replicas: replicas! };
}

/** Whether this is where a run can stand. */
function isPosition(position: Partial<Position> | undefined): position is Position {
	const counts = [position?.epoch, position?.batch, position?.step, position?.samples];
	return (
		counts.every((count) => Number.isSafeInteger(count) && count! >= 0) &&
		typeof position!.losses === 'object' &&
		position!.losses !== null &&
		Array.isArray(position!.history)
	);
}
