// What results depend on, as a hash: documents, folds, score, and the stages of a pipeline.
import { createHash, type Hash } from 'node:crypto';
import { canonical } from '../../base/index.js';
import { savedStages } from '../../stages/index.js';
import type { Pipeline } from '../evaluate/options.js';

/** A hash of documents that are read by chunk. */
export interface DataHash {
	add(docs: readonly object[]): void;
	/** The hash of the documents, and of what else is said. */
	digest(rest: readonly (string | Uint8Array)[]): string;
}

/** Begins a hash of documents: SHA-256 of their data, fields in any order. */
export function dataHash(who: string): DataHash {
	const hash = createHash('sha256');
	return {
		add(docs) {
			for (const doc of docs) hash.update(`${textOf(doc, who)}\n`);
		},
		digest: (rest) => shortened(rest.reduce<Hash>((sum, part) => sum.update(part), hash)),
	};
}

/** The hash of a pipeline: names, options, and what is learned already. Of functions of the user's own it is name and options that count. */
export function pipelineHash(who: string, parts: readonly Pipeline[], before: string): string {
	const hash = createHash('sha256').update(before);
	for (const { spec } of parts) {
		const { stages, numbers } = savedStages(spec, who);
		hash.update(canonical(stages, who));
		for (const [name, array] of Object.entries(numbers))
			hash.update(name).update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
	}
	return shortened(hash);
}

const shortened = (hash: Hash) => hash.digest('hex').slice(0, 32);

/** The text of plain data, of arrays of numbers, Maps, Sets and dates; equal data has equal text. */
function textOf(value: unknown, who: string): string {
	if (typeof value === 'string') return JSON.stringify(value);
	if (typeof value !== 'object' || value === null) {
		if (typeof value !== 'function' && typeof value !== 'symbol') return `${typeof value} ${String(value)}`;
		throw new TypeError(`${who}: expected documents that are data, since results are kept, got one with a ${typeof value}. Leave it out.`);
	}
	const several = (items: Iterable<unknown>) => Array.from(items, (item) => textOf(item, who)).join();
	if (ArrayBuffer.isView(value))
		return `${value.constructor.name} ${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}`;
	if (value instanceof Date) return `Date ${value.getTime()}`;
	if (Array.isArray(value)) return `[${several(value)}]`;
	if (value instanceof Map || value instanceof Set) return `${value.constructor.name} [${several(value)}]`;
	const names = Object.keys(value).sort();
	return `{${names.map((name) => `${JSON.stringify(name)}:${textOf((value as Record<string, unknown>)[name], who)}`).join()}}`;
}
