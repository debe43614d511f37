// Numbers that a model keeps in other files of its folder. A path cannot leave the folder, and a range must lie in its file.
import { lstatSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { readInto } from '../../tensors/read-into.js';
import type { Outside, Place } from './read-tensor.js';
import { unsupported } from './wire.js';

/** Takes the places of numbers while a model is read, and reads them afterwards. */
export interface ExternalData {
	/** Memory for the numbers at a place. Equal places share it. */
	readonly place: Outside;
	/** Reads all that was asked for. */
	readonly read: () => Promise<void>;
}

/** The numbers outside a model; `self` is the model's own file, `folder` the one it lies in. */
export function externalData(folder: string, self: string): ExternalData {
	const pending = new Map<string, { readonly path: string; readonly offset: number; readonly memory: ArrayBuffer }>();
	/** Bytes of each file that nothing has asked for yet. */
	const left = new Map<string, number>();
	return {
		place(place, bytes) {
			const { tensor, location, offset, length = bytes } = place;
			const path = location === '' ? self : safePath(folder, place);
			const size = sizeOf(path, place);
			if (length !== bytes) throw new RangeError(`${tensor} has ${length} bytes, not ${bytes}`);
			if (offset + bytes > size) throw new RangeError(`${tensor} ends at byte ${offset + bytes} of a file of ${size}`);
			const key = `${offset} ${bytes} ${path}`;
			const known = pending.get(key);
			if (known) return known.memory;
			// Tensors do not overlap, else a small file could ask for any amount of memory.
			const rest = (left.get(path) ?? size) - bytes;
			if (rest < 0) throw new RangeError(`${tensor} overlaps other tensors in its file`);
			left.set(path, rest);
			const memory = new ArrayBuffer(bytes);
			pending.set(key, { path, offset, memory });
			return memory;
		},
		async read() {
			const files = new Map<string, FileHandle>();
			try {
				for (const { path, offset, memory } of pending.values()) {
					const file = files.get(path) ?? (await open(path, 'r'));
					files.set(path, file);
					await readInto(file, new Uint8Array(memory), offset);
				}
			} finally {
				for (const file of files.values()) await file.close();
			}
		},
	};
}

function sizeOf(path: string, { tensor, location }: Place): number {
	const stat = statSync(path, { throwIfNoEntry: false });
	if (!stat?.isFile()) unsupported(`${tensor} with its numbers in ${location}, which is no file`, 'Put that file beside the model.');
	return stat!.size;
}

/** The path of a file in the folder or below it, reached through no link. */
function safePath(folder: string, { tensor, location }: Place): string {
	const refuse = () =>
		unsupported(
			`${tensor} with its numbers in ${JSON.stringify(location)}, a link or a path out of the model's folder`,
			'Put the file itself beside the model.',
		);
	const parts = location.split('/');
	// Also what only Windows takes for a separator or a drive.
	if (parts.some((part) => ['', '.', '..'].includes(part) || /[\\:\0]/.test(part))) refuse();
	return parts.reduce((path, part) => {
		const next = join(path, part);
		if (lstatSync(next, { throwIfNoEntry: false })?.isSymbolicLink()) refuse();
		return next;
	}, folder);
}
