// A model as a folder: what a classifier is saved as, in the layout of Hugging Face models.
//   config.json          model, labels, lengths, and size and checksum of the other files
//   pipeline.json        the stages from text to ids; what they learned lies beside it (vocabulary.json)
//   onnx/model.onnx      ids and lengths to logits, for any ONNX Runtime
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Json, type Spec, writeAtomic } from '../stream/index.js';
import type { EpochRecord } from './checkpoint.js';

/** The number of this layout. */
const format = 1;

/** The facts of a classifier that are not in its weights. */
export interface ClassifierConfig {
	readonly task: 'text-classification';
	readonly name: string;
	readonly model: { readonly model: string; readonly options: Json };
	readonly labels: readonly string[];
	/** Longest and shortest batch, in tokens. */
	readonly maxLength: number;
	readonly minLength: number;
	/** How it came to be. */
	readonly training: {
		readonly optimizer: { readonly optimizer: string; readonly options: Json };
		readonly seed: number;
		readonly documents: number;
		readonly best?: EpochRecord | undefined;
	};
}

/** A classifier as files. */
export interface ModelFiles {
	readonly config: ClassifierConfig;
	readonly stages: readonly Spec[];
	/** The ONNX model. */
	readonly onnx: Uint8Array;
}

const modelPath = 'onnx/model.onnx';

/** Writes a model folder. `config.json` comes last: without it a folder is no model. */
export async function saveModelFolder(folder: string, { config, stages, onnx }: ModelFiles): Promise<void> {
	await mkdir(join(folder, 'onnx'), { recursive: true });
	const files: Record<string, string | Uint8Array> = { [modelPath]: onnx };
	const specs = stages.map(({ state, ...spec }, place) => {
		if (state === undefined) return spec;
		const twice = stages.findIndex((other) => other.stage === spec.stage && other.state !== undefined) !== place;
		const file = `${spec.stage}${twice ? `-${place}` : ''}.json`;
		files[file] = `${JSON.stringify(state)}\n`;
		return { ...spec, state: file };
	});
	files['pipeline.json'] = `${JSON.stringify({ format, stages: specs }, undefined, 2)}\n`;
	for (const [name, data] of Object.entries(files)) await writeAtomic(join(folder, name), data);
	const { labels, maxLength, minLength, ...rest } = config;
	const written = {
		format,
		...rest,
		id2label: Object.fromEntries(labels.entries()),
		max_length: maxLength,
		min_length: minLength,
		files: Object.fromEntries(Object.entries(files).map(([name, data]) => [name, { size: Buffer.byteLength(data), sha256: sha256(data) }])),
	};
	await writeAtomic(join(folder, 'config.json'), `${JSON.stringify(written, undefined, 2)}\n`);
}

function sha256(data: string | Uint8Array): string {
	return createHash('sha256').update(data).digest('hex');
}

/**
 * Reads a model folder and checks every file against its size and checksum.
 *
 * @throws {RangeError} that names the file which is missing or damaged.
 */
export async function readModelFolder(folder: string): Promise<ModelFiles> {
	const config = parse(folder, 'config.json', await read(folder, 'config.json')) as Record<string, Json> & {
		files?: Record<string, { size: number; sha256: string }>;
		id2label?: Record<string, string>;
	};
	if (config.format !== format) {
		throw new RangeError(
			`load: expected a model of format ${format} in ${folder}, got ${JSON.stringify(config.format ?? null)}. Use the textloom that saved it, or train it again.`,
		);
	}
	const checked = async (name: string): Promise<Buffer> => {
		const expected = config.files?.[name];
		const data = await read(folder, name);
		if (!expected || expected.size !== data.length || expected.sha256 !== sha256(data)) {
			const size = expected ? `${expected.size} bytes with checksum ${expected.sha256.slice(0, 8)}` : 'an entry in config.json';
			throw damaged(folder, name, `expected ${size}, got ${data.length} bytes with checksum ${sha256(data).slice(0, 8)}`);
		}
		return data;
	};
	const pipeline = parse(folder, 'pipeline.json', await checked('pipeline.json')) as { stages: (Spec & { state?: string })[] };
	const stages = await Promise.all(
		pipeline.stages.map(
			async (spec): Promise<Spec> =>
				spec.state === undefined ? spec : { ...spec, state: parse(folder, spec.state, await checked(spec.state)) as Json },
		),
	);
	const { id2label = {}, max_length: maxLength, min_length: minLength, files: _files, format: _format, ...rest } = config;
	const facts = { ...rest, labels: Object.values(id2label), maxLength, minLength } as unknown as ClassifierConfig;
	return { config: facts, stages, onnx: await checked(modelPath) };
}

async function read(folder: string, name: string): Promise<Buffer> {
	try {
		return await readFile(join(folder, name));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code !== 'ENOENT' && code !== 'ENOTDIR') throw damaged(folder, name, message);
		throw new RangeError(
			`load: expected a model folder with ${name}, found none in ${folder}. Check the path, or train first: textloom train NAME --out ${folder}`,
		);
	}
}

function parse(folder: string, name: string, data: Buffer): unknown {
	try {
		return JSON.parse(data.toString('utf8'));
	} catch (error) {
		throw damaged(folder, name, (error as Error).message);
	}
}

function damaged(folder: string, name: string, reason: string): RangeError {
	return new RangeError(`load: ${join(folder, name)} is damaged: ${reason}. Copy the folder again, or train again.`);
}
