// config.json of a model folder: its fields, and the check of what a file claims.

import type { Json } from '../../base/index.js';
import type { OptimizerSpec } from '../../optim/index.js';
import type { FitRecord } from '../fit/position.js';
import type { Inputs } from './arrays.js';
import type { Calibration } from './calibrate.js';

/** The facts of a model that are not in its weights. */
export interface ModelConfig {
	/** The task, and what it learned of all documents. */
	readonly task: { readonly name: string; readonly options: Json; readonly learned: Json };
	/** The corpus it was trained on. */
	readonly name: string;
	readonly model: { readonly model: string; readonly options: Json };
	/** What the network reads of a document. */
	readonly inputs: Inputs;
	/** What the head says for other programs, such as `id2label`. */
	readonly head: Readonly<Record<string, Json>>;
	/** Longest and shortest batch, in tokens. */
	readonly maxLength: number;
	readonly minLength: number;
	/** How it came to be. */
	readonly training: {
		readonly optimizer?: OptimizerSpec;
		readonly seed: number;
		readonly documents: number;
		readonly best?: TimelessRecord | undefined;
		readonly calibration?: Calibration;
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
export const format = 2;

/** The text of config.json. */
export function writeConfig({ maxLength, minLength, head, task, ...rest }: ModelConfig, files: FileSums): string {
	// No text has more tokens than fit into int32: a longest length beyond it says that there is none.
	const lengths = { max_length: Math.min(maxLength, most.max_length), min_length: minLength };
	const { name, options, learned } = task;
	return `${JSON.stringify({ format, task: name, task_options: options, learned, ...rest, ...head, ...lengths, files }, undefined, 2)}\n`;
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
/** An input `[batch, …]` of numbers. */
const isInput = (value: Json) =>
	isObject(value) &&
	(value.dtype === 'int32' || value.dtype === 'float32') &&
	Array.isArray(value.shape) &&
	value.shape[0] === 'batch' &&
	value.shape.length <= 3;

const fields: Readonly<Record<string, [check: (value: unknown) => boolean, expected: string]>> = {
	format: [(value) => value === format, `${format}, which this textloom reads`],
	task: [(value) => typeof value === 'string', 'the name of a task'],
	task_options: [(value) => value !== undefined, 'the options of the task'],
	learned: [(value) => value !== undefined, 'what the task learned'],
	inputs: [(value) => isObject(value) && Object.values(value).every(isInput), 'inputs { dtype, shape } by name'],
	name: [(value) => typeof value === 'string', 'a string'],
	model: [isObject, 'an object'],
	max_length: lengthOf('max_length'),
	min_length: lengthOf('min_length'),
	training: [isObject, 'an object'],
	files: [(value) => isObject(value) && Object.values(value).every(isObject), 'an object of sizes and checksums'],
};

/** What config.json says. No checksum protects it, since people edit it: a field that cannot be goes to `fail`. */
export function readConfig(json: unknown, fail: (reason: string) => Error): { config: ModelConfig; files: FileSums } {
	for (const [name, [check, expected]] of Object.entries(fields)) {
		const value = isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
		if (!check(value)) throw fail(`expected "${name}" to be ${expected}, got ${JSON.stringify(value)?.slice(0, 60) ?? 'nothing'}`);
	}
	const {
		task,
		task_options,
		learned,
		max_length,
		min_length,
		files,
		name,
		model,
		inputs,
		training,
		format: _,
		...head
	} = json as Readonly<Record<string, Json>>;
	if ((min_length as number) > (max_length as number)) {
		throw fail(`expected "min_length" to be at most "max_length", ${max_length}, got ${min_length}`);
	}
	const config = {
		task: { name: task, options: task_options, learned },
		name,
		model,
		inputs,
		training,
		head,
		maxLength: max_length,
		minLength: min_length,
	};
	return { config: config as unknown as ModelConfig, files: files as FileSums };
}
