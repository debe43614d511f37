// A vocabulary as a text file: a line about it, then a token, a tab and its count a line, in the order of the ids.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { byCodePoint, DataError, is, type Json, parseJson, writeAtomic } from '../../base/index.js';

/** What a file of a vocabulary holds. */
export interface Saved {
	readonly options: Json;
	readonly error: number;
	readonly tokens: readonly string[];
	readonly counts: readonly number[];
}

const head = '# textloom vocabulary ';
const hashOf = (lines: string) => createHash('sha256').update(lines).digest('hex').slice(0, 32);

/** Writes the file whole or not at all. */
export async function writeVocabulary(path: string, { options, error, tokens, counts }: Saved): Promise<void> {
	const lines = tokens.map((token, id) => `${escaped(token)}\t${counts[id]}\n`).join('');
	await writeAtomic(path, `${head}${JSON.stringify({ options, error, size: tokens.length, sha256: hashOf(lines) })}\n${lines}`);
}

/** Reads the file. Throws a DataError with `file:line` where it is not as it was written. */
export async function readVocabulary(path: string): Promise<Saved> {
	const [first = '', ...lines] = (await readFile(path, 'utf8')).split('\n');
	const fail = (line: number, reason: string): never => {
		throw new DataError(`expected a vocabulary as save() wrote it, got ${reason}. Save it again, or fit it anew.`, { file: path, line });
	};
	const { options, error, size, sha256 } = headOf(first) ?? fail(1, `${shown(first)} instead of "${head}{…}"`);
	if (lines.pop() !== '') fail(lines.length + 2, 'a last line without an end');
	const { special, ties } = options as { special?: unknown; ties?: string };
	if (!is.texts.fits(special)) return fail(1, 'no special tokens');
	const [tokens, counts, ids]: [string[], number[], Map<string, number>] = [[], [], new Map()];
	for (const [id, line] of lines.entries()) {
		const [, text, digits] = /^([^\t]*)\t(\d{1,16})$/.exec(line) ?? fail(id + 2, `${shown(line)} instead of a token, a tab and a count`);
		const token = unescaped(text!) ?? fail(id + 2, `${shown(text!)}, where a backslash is to be \\\\`);
		const count = Number(digits);
		if (ids.has(token)) fail(id + 2, `${shown(token)} again, which line ${ids.get(token)! + 2} has`);
		if (id < special.length && token !== special[id]) fail(id + 2, `${shown(token)} instead of the special token ${shown(special[id]!)}`);
		if (id > special.length) {
			const [before, more] = [tokens[id - 1]!, counts[id - 1]!];
			if (count > more) fail(id + 2, `the count ${count} below the count ${more}`);
			if (count === more && ties !== 'seen' && byCodePoint(before, token) > 0) fail(id + 2, `${shown(token)} behind ${shown(before)}`);
		}
		ids.set(token, id);
		tokens.push(token);
		counts.push(count);
	}
	if (tokens.length !== size) fail(tokens.length + 1, `${tokens.length} tokens instead of ${size}`);
	if (hashOf(lines.map((line) => `${line}\n`).join('')) !== sha256) fail(1, 'other lines than this one tells of (sha256)');
	return { options, error, tokens, counts };
}

interface Head {
	readonly options: Json;
	readonly error: number;
	readonly size: number;
	readonly sha256: string;
}

function headOf(line: string): Head | undefined {
	if (!line.startsWith(head)) return undefined;
	try {
		const { options, error, size, sha256 } = parseJson(line.slice(head.length)) as Partial<Head>;
		const valid = typeof options === 'object' && options !== null && typeof error === 'number' && typeof size === 'number';
		return valid && typeof sha256 === 'string' ? { options, error, size, sha256 } : undefined;
	} catch {
		return undefined;
	}
}

const shown = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const plain = new Map(Object.entries(escapes).map(([character, written]) => [written, character]));

/** A token in one line; half of a surrogate pair, which UTF-8 does not have, as `\ud800`. */
function escaped(token: string): string {
	return token.replace(/[\\\t\n\r]|\p{Surrogate}/gu, (character) => escapes[character] ?? `\\u${character.charCodeAt(0).toString(16)}`);
}

function unescaped(text: string): string | undefined {
	let right = true;
	const token = text.replace(/\\(u[0-9a-f]{4}|[\s\S]|$)/g, (written) => {
		if (written.length === 6) return String.fromCharCode(Number.parseInt(written.slice(2), 16));
		right &&= plain.has(written);
		return plain.get(written) ?? '';
	});
	return right ? token : undefined;
}
