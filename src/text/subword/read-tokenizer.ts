// Reading a `tokenizer.json` from a file or from an object.
import { readFileSync } from 'node:fs';
import { DataError } from '../../base/index.js';
import { unsound } from './soundness.js';
import type { TokenizerJson } from './tokenizer-json.js';

const kinds = ['BPE', 'Unigram', 'WordLevel', 'WordPiece'];

/** The tokenizer of a path or an object, as a copy. Throws a DataError where it is none, or of a kind that is not known. */
export function readTokenizer(source: string | TokenizerJson): TokenizerJson {
	const name = typeof source === 'string' ? source : 'the object';
	const json: unknown = typeof source === 'string' ? parse(source) : structuredClone(source);
	const model = (json as { model?: unknown } | null)?.model;
	if (typeof model !== 'object' || model === null || !('vocab' in model)) {
		throw new DataError(`subwords: expected a tokenizer.json with a model and its vocab, got ${name} without. Save the tokenizer again.`);
	}
	// Files before version 0.9 name no type: the package tells it from the keys.
	const { type } = model as { type?: unknown };
	if (type !== undefined && !kinds.includes(type as string)) {
		throw new DataError(
			`subwords: expected a model of type ${kinds.join(', ')}, got ${JSON.stringify(type)} in ${name}. Convert it with Hugging Face tokenizers.`,
		);
	}
	const expected = unsound(json as TokenizerJson);
	if (expected !== undefined) {
		throw new DataError(`subwords: expected ${expected}, got ${name} without. The file is damaged: save the tokenizer again.`);
	}
	return json as TokenizerJson;
}

function parse(path: string): unknown {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		const { code = String(error) } = error as { code?: string };
		throw new DataError(`subwords: expected to read ${path}, got ${code}. Pass the path of a tokenizer.json.`, { cause: error });
	}
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new DataError(`subwords: expected JSON in ${path}, got ${(error as Error).message}. Is the file whole? Save it again.`, {
			cause: error,
		});
	}
}
