// A model as a folder: what a model is saved as, in the layout of Hugging Face models.
//   config.json          task, model, lengths, and size and checksum of the other files
//   pipeline.json        the stages from a document to what the model reads; what they learned lies beside it (vocabulary.json), arrays of numbers in pipeline.safetensors
//   onnx/model.onnx      ids and lengths (and more, as inputs says) to logits, for any ONNX Runtime
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Json, makeFolder, parseJson, readCurrent, replaceFiles, settleFiles } from '../../base/index.js';
import { readSafetensors, vectorOf, writeSafetensors } from '../../graph/index.js';
import type { SavedStage, SavedStages } from '../../stages/index.js';
import type { Numbers } from '../../stream/index.js';
import { checkpointPath } from '../fit/checkpoint.js';
import { format, type ModelConfig, readConfig, writeConfig } from './model-config.js';

/** A model as files. */
export interface ModelFiles {
	readonly config: ModelConfig;
	readonly stages: SavedStages;
	/** The ONNX model. */
	readonly onnx: Uint8Array;
}

/** The model's place in the folder. */
export const modelPath = 'onnx/model.onnx';

/** The place of the arrays of numbers that stages learned. */
const numbersPath = 'pipeline.safetensors';

/** Names that a folder may give to what a stage learned: no paths. */
const plainName = /^[\w-]+\.json$/;
const taken = ['config.json', 'pipeline.json', 'tokenizer.json'];

/** What says that a run has begun after the model was written. */
const unfinishedPath = (folder: string) => join(dirname(checkpointPath(folder)), 'unfinished');

/** Says in a folder with a model that a run has begun there, so that whoever loads the model hears of it, until the run has written its own. */
export function markUnfinished(folder: string): void {
	if (!existsSync(join(folder, 'config.json'))) return;
	const path = unfinishedPath(folder);
	try {
		mkdirSync(dirname(path));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	writeFileSync(path, 'A run has begun here that is later than the model in this folder.\n');
}

/** What stands beside a model of how it came to be, and of how good it is. */
export const besideModel = { settings: 'settings.json', evaluation: 'evaluation.json', mistakes: 'mistakes.jsonl' } as const;

/** Removes from a folder what was said of an earlier model: how good it was, and, where the run begins anew, what it was trained with. */
export function forgetEarlier(folder: string, { resumed }: { resumed: boolean }): void {
	const { settings, ...said } = besideModel;
	for (const name of [...Object.values(said), ...(resumed ? [] : [settings])]) rmSync(join(folder, name), { force: true });
}

/** Writes a model folder: all its files, or none of them. */
export async function saveModelFolder(folder: string, { config, stages, onnx }: ModelFiles): Promise<void> {
	const files: Record<string, string | Uint8Array> = { [modelPath]: onnx };
	const saved = stages.stages.map(({ state, ...spec }, place) => {
		if (state === undefined) return spec;
		const own = `${spec.stage}.json`;
		const file = plainName.test(own) && !taken.includes(own) && !Object.hasOwn(files, own) ? own : `stage-${place}.json`;
		files[file] = `${JSON.stringify(state)}\n`;
		return { ...spec, state: file };
	});
	const numbers = Object.entries(stages.numbers).map(([name, array]) => [name, vectorOf(array)] as const);
	if (numbers.length > 0) files[numbersPath] = writeSafetensors({ tensors: Object.fromEntries(numbers) });
	files['pipeline.json'] = `${JSON.stringify({ format, stages: saved }, undefined, 2)}\n`;
	const sums = Object.entries(files).map(([name, data]) => [name, { size: Buffer.byteLength(data), sha256: sha256(data) }]);
	files['config.json'] = writeConfig(config, Object.fromEntries(sums));
	await makeFolder(folder);
	const obsolete = (await ownFiles(folder)).filter((name) => !Object.hasOwn(files, name));
	await replaceFiles(folder, files, { obsolete });
	await rm(unfinishedPath(folder), { force: true });
}

/** The files that a stage of the model in a folder has, as far as its config.json can be read. */
async function ownFiles(folder: string): Promise<string[]> {
	try {
		const { files } = parseJson(String(await readCurrent(folder, 'config.json'))) as { files: object };
		return Object.keys(files).filter((name) => plainName.test(name) || name === numbersPath);
	} catch {
		return [];
	}
}

function sha256(data: string | Uint8Array): string {
	return createHash('sha256').update(data).digest('hex');
}

/** A model as it was read. */
export interface ReadModel extends ModelFiles {
	/** Set where the folder holds more than this model: a later run that has not come to its end. */
	readonly notice?: string;
}

/**
 * Reads a model folder and checks every file against its size and checksum. Where another process replaces the model meanwhile, one of the
 * two is read whole.
 *
 * @throws {RangeError} that names the file which is missing or damaged.
 */
export async function readModelFolder(folder: string): Promise<ReadModel> {
	// What a killed process has left unsettled is read as it is; where this may write, other programs can read it, too, from now on.
	await settleFiles(folder).catch(() => {});
	for (let attempt = 1; ; attempt++) {
		const config = await readBytes(folder, 'config.json');
		try {
			const model = await readFiles(folder, config);
			return existsSync(unfinishedPath(folder)) ? { ...model, notice: noticeOf(folder) } : model;
		} catch (error) {
			const now = await readBytes(folder, 'config.json').catch(() => config);
			if (attempt === attempts || now.equals(config)) throw error;
		}
	}
}

/** How often a model may be replaced while it is read. */
const attempts = 10;

const noticeOf = (folder: string) =>
	`the model in ${folder} is that from before a run which has not come to its end. Go on with the command that began it, and --resume.`;

async function readFiles(folder: string, configBytes: Buffer): Promise<ModelFiles> {
	const json = parse(folder, 'config.json', configBytes);
	expectVersion(folder, (json as { format?: unknown } | null)?.format);
	const { config, files } = readConfig(json, (reason) => damaged(folder, 'config.json', reason));
	const checked = async (name: string): Promise<Buffer> => {
		const expected = Object.hasOwn(files, name) ? files[name] : undefined;
		const data = await readBytes(folder, name);
		if (expected && expected.size === data.length && expected.sha256 === sha256(data)) return data;
		const sum = expected ? `${expected.size} bytes of checksum ${String(expected.sha256).slice(0, 8)}` : 'an entry in config.json';
		throw damaged(folder, name, `expected ${sum}, got ${data.length} bytes of checksum ${sha256(data).slice(0, 8)}`);
	};
	const { stages: saved } = (parse(folder, 'pipeline.json', await checked('pipeline.json')) ?? {}) as {
		stages?: (SavedStage & { state?: string })[];
	};
	if (!Array.isArray(saved) || !saved.every((spec) => typeof spec?.stage === 'string'))
		throw damaged(folder, 'pipeline.json', 'expected "stages" to be an array of stages');
	const stages: SavedStage[] = [];
	for (const { state: file, ...spec } of saved) {
		if (file === undefined) stages.push(spec);
		else if (plainName.test(file)) stages.push({ ...spec, state: parse(folder, file, await checked(file)) as Json });
		else throw damaged(folder, 'pipeline.json', `expected the name of a file beside it as "state", got ${JSON.stringify(file)}`);
	}
	const numbers = Object.hasOwn(files, numbersPath) ? readNumbers(folder, await checked(numbersPath)) : {};
	return { config, stages: { stages, numbers }, onnx: await checked(modelPath) };
}

/** Throws a RangeError for a folder that another version of textloom has written. */
function expectVersion(folder: string, found: unknown): void {
	if (!Number.isSafeInteger(found) || found === format) return;
	const [what, next] =
		(found as number) > format ? ['a later', 'Update textloom'] : ['an earlier', 'Load it with the textloom that wrote it'];
	throw new RangeError(
		`load: expected a model folder of format ${format}, got ${folder} of format ${found}, by ${what} textloom. ${next}, or train again.`,
	);
}

function readNumbers(folder: string, bytes: Buffer): Record<string, Numbers> {
	try {
		return Object.fromEntries(Object.entries(readSafetensors(bytes).tensors).map(([name, { data }]) => [name, data as Numbers]));
	} catch (error) {
		throw damaged(folder, numbersPath, (error as Error).message);
	}
}

async function readBytes(folder: string, name: string): Promise<Buffer> {
	try {
		return await readCurrent(folder, name);
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code !== 'ENOENT' && code !== 'ENOTDIR') throw damaged(folder, name, message);
		throw new RangeError(
			name === 'config.json' && existsSync(checkpointPath(folder))
				? `load: expected a trained model in ${folder}, got a run that was stopped. Go on with the command that began it, and --resume.`
				: `load: expected a model folder with ${name}, found none in ${folder}. Check the path, or train first: npx textloom train NAME --out ${folder}`,
		);
	}
}

function parse(folder: string, name: string, data: Buffer): unknown {
	try {
		return parseJson(data.toString('utf8'));
	} catch (error) {
		throw damaged(folder, name, (error as Error).message);
	}
}

/** The error of a file that is not as it was written. */
export function damaged(folder: string, name: string, reason: string): RangeError {
	return new RangeError(`load: ${join(folder, name)} is damaged: ${reason}. Copy the folder again, or train again.`);
}
