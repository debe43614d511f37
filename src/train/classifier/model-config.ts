// config.json of a model folder: its fields, and the check of what a file claims.

import type { Json } from '../../base/index.js';
import type { OptimizerSpec } from '../../optim/index.js';
import type { FitRecord } from '../fit/position.js';

/** The facts of a classifier that are not in its weights. */
export interface ClassifierConfig {
	readonly task: 'text-classification';
	/** The corpus it was trained on. */
	readonly name: string;
	readonly model: { readonly model: string; readonly options: Json };
	readonly labels: readonly string[];
	/** Longest and shortest batch, in tokens. */
	readonly maxLength: number;
	readonly minLength: number;
	/** How it came to be. */
	readonly training: {
		readonly optimizer: OptimizerSpec;
		readonly seed: number;
		readonly documents: number;
		readonly best?: TimelessRecord | undefined;
	};
}

/** A record without how long it took: equal runs write equal files. */
export type TimelessRecord = Omit<FitRecord, 'seconds' | 'samplesPerSecond'>;

/** The record without how long it took. */
export function timeless({ seconds: _, samplesPerSecond: __, ...record }: FitRecord): TimelessRecord {
	return record;
}

/** Size and checksum of the other files of the folder, by name. */
export type FileSums = Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;

/** The number of this layout. */
export const format = 1;

/** The text of config.json. */
export function writeConfig({ labels, maxLength, minLength, ...rest }: ClassifierConfig, files: FileSums): string {
	// No text has more tokens than fit into int32: a longest length beyond it says that there is none.
	const lengths = { max_length: Math.min(maxLength, most.max_length), min_length: minLength };
	return `${JSON.stringify({ format, ...rest, id2label: Object.fromEntries(labels.entries()), ...lengths, files }, undefined, 2)}\n`;
}

const isObject = (value: unknown): value is Readonly<Record<string, Json>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The largest number of each field that asks for memory. A model folder may come from anywhere: every text is padded to the shortest length,
 * so that 2²⁰ would ask for gigabytes. Lengths are int32 in the graph.
 */
const most = { max_length: 2 ** 31 - 1, min_length: 2 ** 16 };

const lengthOf = (name: keyof typeof most): [check: (value: unknown) => boolean, expected: string] => [
	(value) => Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= most[name],
	`a whole number from 1 to ${most[name]}`,
];
const isLabels = (value: unknown) => {
	if (!isObject(value)) return false;
	const names = Object.values(value);
	const inOrder = Object.keys(value).every((key, place) => key === String(place));
	return inOrder && names.length > 1 && names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
};

const fields: Readonly<Record<string, [check: (value: unknown) => boolean, expected: string]>> = {
	format: [(value) => value === format, `${format}, which this textloom reads`],
	task: [(value) => value === 'text-classification', '"text-classification"'],
	name: [(value) => typeof value === 'string', 'a string'],
	model: [isObject, 'an object'],
	id2label: [isLabels, 'at least two names that differ, by number from "0"'],
	max_length: lengthOf('max_length'),
	min_length: lengthOf('min_length'),
	training: [isObject, 'an object'],
	files: [(value) => isObject(value) && Object.values(value).every(isObject), 'an object of sizes and checksums'],
};

/** What config.json says. No checksum protects it, since people edit it: a field that cannot be goes to `fail`. */
export function readConfig(json: unknown, fail: (reason: string) => Error): { config: ClassifierConfig; files: FileSums } {
	for (const [name, [check, expected]] of Object.entries(fields)) {
		const value = isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
		if (!check(value)) throw fail(`expected "${name}" to be ${expected}, got ${JSON.stringify(value)?.slice(0, 60) ?? 'nothing'}`);
	}
	const { id2label, max_length, min_length, files, format: _, ...rest } = json as Readonly<Record<string, Json>>;
	if ((min_length as number) > (max_length as number)) {
		throw fail(`expected "min_length" to be at most "max_length", ${max_length}, got ${min_length}`);
	}
	const labels = Object.values(id2label as Readonly<Record<string, string>>);
	return {
		config: { ...rest, labels, maxLength: max_length, minLength: min_length } as unknown as ClassifierConfig,
		files: files as FileSums,
	};
}
