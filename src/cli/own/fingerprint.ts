// A hash of documents as they go by: whether those that are held out are those of the training.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../../base/index.js';
import { type Documents, documentsFrom } from '../../stream/index.js';
import { besideModel } from '../../train/task/model-folder.js';

/** The same documents, and after a pass over them their fingerprint. */
export function fingerprinted<D extends object>(docs: Documents<D>): { readonly docs: Documents<D>; fingerprint(): string } {
	const hash = createHash('sha256');
	const through = documentsFrom(async function* () {
		for await (const chunk of docs.chunks()) {
			for (const doc of chunk) hash.update(JSON.stringify(doc)).update('\n');
			yield chunk;
		}
	});
	return { docs: through, fingerprint: () => hash.digest('hex').slice(0, 32) };
}

/** That of the documents that a run was evaluated on after its training; nothing where there is none. */
export async function fingerprintOf(run: string): Promise<string | undefined> {
	try {
		const { fingerprint } = parseJson(await readFile(join(run, besideModel.evaluation), 'utf8')) as { fingerprint?: string };
		return fingerprint;
	} catch {
		return undefined;
	}
}
