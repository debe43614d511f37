// A model as a folder: what a model is saved as, in the layout of Hugging Face models.
//   config.json          task, model, lengths, and size and checksum of the other files
//   pipeline.json        the stages from a document to what the model reads; what they learned lies beside it (vocabulary.json), arrays of numbers in pipeline.safetensors
//   target.json          those of the text that a model is to say, where they are others than those of the text that it reads; what they learned, alike
//   onnx/model.onnx      ids and lengths (and more, as inputs says) to logits, for any ONNX Runtime; of a model that says one token after another
//                        onnx/encode.onnx and onnx/step.onnx
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonical, type Json, makeFolder, parseJson, readCurrent, replaceFiles, settleFiles } from '../../base/index.js';
import { readSafetensors, vectorOf, writeSafetensors } from '../../graph/index.js';
import type { SavedStage, SavedStages } from '../../stages/index.js';
import type { Numbers } from '../../stream/index.js';
import { checkpointPath } from '../fit/checkpoint.js';
import { format, type ModelConfig, readConfig, writeConfig } from './model-config.js';

/** A model as files. */
export interface ModelFiles {
	readonly config: ModelConfig;
	readonly stages: SavedStages;
	/** The stages of the text to be said, where they are others. */
	readonly target?: SavedStages | undefined;
	/** The ONNX models by their names: `model`, or `encode` and `step`. */
	readonly programs: Readonly<Record<string, Uint8Array>>;
	/** Files for other programs, such as `tokenizer.json`, by their names; nothing here reads them. */
	readonly beside?: Readonly<Record<string, string>>;
}

/** The place of an ONNX model in the folder. */
export const programPath = (name: string): string => `onnx/${name}.onnx`;
const programNames = ['model', 'encode', 'step'];

/** What chains of stages are called in the folder. The arrays of numbers that they learned lie in a file of that name. */
const chains = ['pipeline', 'target'] as const;
type Chain = (typeof chains)[number];
const numbersPath = (chain: Chain) => `${chain}.safetensors`;

/** Names that a folder may give to what a stage learned: no paths. */
const plainName = /^[\w-]+\.json$/;
const taken = ['config.json', 'pipeline.json', 'target.json', 'tokenizer.json'];

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
export async function saveModelFolder(folder: string, { config, stages, target, programs, beside = {} }: ModelFiles): Promise<void> {
	const files: Record<string, string | Uint8Array> = { ...beside };
	for (const [name, bytes] of Object.entries(programs)) files[programPath(name)] = bytes;
	addStages(files, beside, 'pipeline', stages);
	if (target) addStages(files, beside, 'target', target);
	const sums = Object.entries(files).map(([name, data]) => [name, { size: Buffer.byteLength(data), sha256: sha256(data) }]);
	files['config.json'] = writeConfig(config, Object.fromEntries(sums));
	await makeFolder(folder);
	const obsolete = (await ownFiles(folder)).filter((name) => !Object.hasOwn(files, name));
	await replaceFiles(folder, files, { obsolete });
	await rm(unfinishedPath(folder), { force: true });
}

/** Whether a file's text says the same as a state, in any order of keys. */
const isJsonOf = (state: Json, text: unknown) => canonical(parseJson(String(text)), 'train') === canonical(state, 'train');

/** Adds the files of a chain of stages. */
function addStages(files: Record<string, string | Uint8Array>, beside: object, chain: Chain, { stages, numbers }: SavedStages): void {
	const saved = stages.map(({ state, ...spec }, place) => {
		if (state === undefined) return spec;
		const [own, other] = [`${spec.stage}.json`, `stage-${place}.json`].map((name) => (chain === 'pipeline' ? name : `${chain}-${name}`));
		// What stands there for other programs already is not written twice.
		const [same] = Object.entries(files).find(([name, data]) => name in beside && plainName.test(name) && isJsonOf(state, data)) ?? [];
		const file = same ?? (plainName.test(own!) && !taken.includes(own!) && !Object.hasOwn(files, own!) ? own! : other!);
		if (same === undefined) files[file] = `${JSON.stringify(state)}\n`;
		return { ...spec, state: file };
	});
	const arrays = Object.entries(numbers).map(([name, array]) => [name, vectorOf(array)] as const);
	if (arrays.length > 0) files[numbersPath(chain)] = writeSafetensors({ tensors: Object.fromEntries(arrays) });
	files[`${chain}.json`] = `${JSON.stringify({ format, stages: saved }, undefined, 2)}\n`;
}

/** The files of the model in a folder that another may not have, as far as its config.json can be read. */
async function ownFiles(folder: string): Promise<string[]> {
	try {
		const { files } = parseJson(String(await readCurrent(folder, 'config.json'))) as { files: object };
		const optional = [...chains.map(numbersPath), ...programNames.map(programPath)];
		return Object.keys(files).filter((name) => plainName.test(name) || optional.includes(name));
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
	/** Reads the ONNX models once more; throws where the folder holds others by now. */
	readonly again: () => Promise<ModelFiles['programs']>;
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
			const sum = sumOf(model);
			const again = async () => {
				const now = await readModelFolder(folder);
				if (sumOf(now) === sum) return now.programs;
				throw new RangeError(`explain: expected the model that was loaded from ${folder}, got another one by now. Load it again.`);
			};
			return { ...model, again, ...(existsSync(unfinishedPath(folder)) && { notice: noticeOf(folder) }) };
		} catch (error) {
			const now = await readBytes(folder, 'config.json').catch(() => config);
			if (attempt === attempts || now.equals(config)) throw error;
		}
	}
}

const sumOf = ({ programs }: ModelFiles) => Object.values(programs).map(sha256).join();

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
	const stagesOf = async (chain: Chain): Promise<SavedStages> => {
		const name = `${chain}.json`;
		const { stages: saved } = (parse(folder, name, await checked(name)) ?? {}) as { stages?: (SavedStage & { state?: string })[] };
		if (!Array.isArray(saved) || !saved.every((spec) => typeof spec?.stage === 'string'))
			throw damaged(folder, name, 'expected "stages" to be an array of stages');
		const stages: SavedStage[] = [];
		for (const { state: file, ...spec } of saved) {
			if (file === undefined) stages.push(spec);
			else if (plainName.test(file)) stages.push({ ...spec, state: parse(folder, file, await checked(file)) as Json });
			else throw damaged(folder, name, `expected the name of a file beside it as "state", got ${JSON.stringify(file)}`);
		}
		const path = numbersPath(chain);
		const numbers = Object.hasOwn(files, path) ? readNumbers(folder, path, await checked(path)) : {};
		return { stages, numbers };
	};
	const has = (name: string) => Object.hasOwn(files, programPath(name));
	const names = programNames.some(has) ? programNames.filter(has) : ['model'];
	const programs: Record<string, Uint8Array> = {};
	const stages = await stagesOf('pipeline');
	const target = Object.hasOwn(files, 'target.json') ? await stagesOf('target') : undefined;
	for (const name of names) programs[name] = await checked(programPath(name));
	return { config, stages, ...(target && { target }), programs };
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

function readNumbers(folder: string, path: string, bytes: Buffer): Record<string, Numbers> {
	try {
		return Object.fromEntries(Object.entries(readSafetensors(bytes).tensors).map(([name, { data }]) => [name, data as Numbers]));
	} catch (error) {
		throw damaged(folder, path, (error as Error).message);
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
