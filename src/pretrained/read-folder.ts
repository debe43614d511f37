// The files of a model in the layout of Hugging Face: config.json, tokenizer.json or vocab.txt, onnx/model.onnx.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataError, type Json, parseJson } from '../base/index.js';
import { type OnnxModel, readOnnxFile } from '../graph/index.js';
import { plainModel } from './plain-model.js';
import { vocabularyTokenizer } from './vocabulary-tokenizer.js';

/** A folder that was read. */
export interface ModelFolder {
	/** What it is called. */
	readonly name: string;
	readonly config: Readonly<Record<string, Json>>;
	/** The tokenizer as an object. */
	readonly tokenizer: Readonly<Record<string, Json>>;
	/** The small files of its tokenizer, which go into folders that are made of it. */
	readonly beside: Readonly<Record<string, string>>;
	/** How a sentence encoder makes one vector of all, where the folder says it. */
	readonly pooling: 'mean' | 'first' | undefined;
	readonly onnx: OnnxModel;
	/** A hash of config and graph, and the size of the weights: what a checkpoint was begun from. */
	readonly fingerprint: string;
}

/** Where exporters put the graph. */
const graphPaths = ['onnx/model.onnx', 'model.onnx'];
const tokenizerFiles = ['tokenizer_config.json', 'special_tokens_map.json'];

/** Reads a folder. Throws a DataError that names what is missing. */
export async function readPretrained(folder: string, file?: string): Promise<ModelFolder> {
	if (!existsSync(folder) || !statSync(folder).isDirectory())
		throw new DataError(`pretrained: expected the folder of a model, got ${folder}, which is none. Pass its path.`);
	const config = object(folder, 'config.json');
	const path = file === undefined ? graphPaths.find((path) => existsSync(join(folder, path))) : file;
	if (path === undefined || !existsSync(join(folder, path))) {
		throw new DataError(
			`pretrained: expected ${file ?? graphPaths.join(' or ')} in ${folder}, found none. Export the model: optimum-cli export onnx --model … ${folder}`,
		);
	}
	const beside = Object.fromEntries(
		tokenizerFiles.filter((name) => existsSync(join(folder, name))).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
	);
	const hash = createHash('sha256').update(readFileSync(join(folder, 'config.json')));
	const onnx = await readOnnxFile(join(folder, path));
	hash.update(JSON.stringify(onnx.graph.nodes.map(({ op, name, inputs }) => [op, name, inputs])));
	return {
		...{ name: basename(folder), config, beside, onnx: plainModel(onnx) },
		tokenizer: tokenizerIn(folder),
		pooling: poolingIn(folder),
		fingerprint: hash
			.update(String(statSync(join(folder, path)).size))
			.digest('hex')
			.slice(0, 16),
	};
}

function tokenizerIn(folder: string): ModelFolder['tokenizer'] {
	if (existsSync(join(folder, 'tokenizer.json'))) return object(folder, 'tokenizer.json');
	if (!existsSync(join(folder, 'vocab.txt')))
		throw new DataError(`pretrained: expected tokenizer.json or vocab.txt in ${folder}, found none. Copy the one of the model there.`);
	const { do_lower_case: lowercase = true } = existsSync(join(folder, 'tokenizer_config.json'))
		? object(folder, 'tokenizer_config.json')
		: {};
	return vocabularyTokenizer(readFileSync(join(folder, 'vocab.txt'), 'utf8'), { lowercase: lowercase === true });
}

/** What sentence-transformers says of it. */
function poolingIn(folder: string): ModelFolder['pooling'] {
	const name = '1_Pooling/config.json';
	if (!existsSync(join(folder, name))) return undefined;
	const { pooling_mode_mean_tokens: mean, pooling_mode_cls_token: first } = object(folder, name);
	return mean === true ? 'mean' : first === true ? 'first' : undefined;
}

function object(folder: string, name: string): Readonly<Record<string, Json>> {
	let json: unknown;
	try {
		json = parseJson(readFileSync(join(folder, name), 'utf8'));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const got = code === 'ENOENT' ? 'found none' : `got ${message}`;
		throw new DataError(`pretrained: expected ${name} in ${folder}, ${got}. Copy the folder of the model again.`, { cause: error });
	}
	if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, Json>;
	throw new DataError(`pretrained: expected an object in ${join(folder, name)}, got something else. Copy the folder of the model again.`);
}
