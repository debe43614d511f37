// The bytes of one member of a zip archive, as the archive streams by.
import { Unzip, type UnzipDecoder, type UnzipDecoderConstructor, UnzipInflate, UnzipPassThrough } from 'fflate';

/** What is no zip archive, or a damaged one. */
export class NoZip extends Error {
	override readonly name = 'NoZip';
}

/** Packed bytes that are unpacked at once. Deflate makes at most 1,032 of one: 4 MB of these. */
const pieceBytes = 4096;

/** How a member may be packed: not at all, or by Deflate. */
const methods = { 0: UnzipPassThrough, 8: UnzipInflate };

/**
 * Unpacks `member`: what is found before it is passed over without being unpacked, what comes after it is not read. Gives nothing where there
 * is no such member, and an empty block where it is empty.
 *
 * @throws NoZip in the iteration.
 */
export async function* unzipped(archive: AsyncIterable<Uint8Array>, member: string): AsyncGenerator<Uint8Array> {
	let ready: Uint8Array[] = [];
	let [entries, ended] = [0, false];
	const unzip = new Unzip((entry) => {
		entries++;
		const wanted = entry.name === member;
		if (wanted && !(entry.compression in methods)) throw new Error(`${member} packed by method ${entry.compression}`);
		unzip.register(wanted ? methods[entry.compression as 0 | 8] : passing(entry.compression));
		entry.ondata = (error, data, final) => {
			if (error) throw error;
			if (!wanted) return;
			ready.push(data);
			ended ||= final;
		};
		entry.start();
	});
	const push = (bytes: Uint8Array, final: boolean) => {
		try {
			unzip.push(bytes, final);
		} catch (cause) {
			throw new NoZip((cause as Error).message, { cause });
		}
	};
	for await (const block of archive) {
		for (let at = 0; at < block.length && !ended; at += pieceBytes) {
			push(block.subarray(at, at + pieceBytes), false);
			yield* ready;
			ready = [];
		}
		if (ended) return;
	}
	push(new Uint8Array(0), true);
	yield* ready;
	if (entries === 0) throw new NoZip('invalid zip data');
}

/** Lets an entry pass. What is not started would be held. */
function passing(compression: number): UnzipDecoderConstructor {
	return class implements UnzipDecoder {
		static readonly compression = compression;
		ondata: UnzipDecoder['ondata'] = () => {};
		push(): void {}
	};
}
