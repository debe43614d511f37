// Reading speed: a file of JSON Lines to documents.
import { jsonl, toJsonl } from 'textloom';
import type { Result } from './support/bench.js';
import { reading } from './support/reading.js';

/** Reads AG News, an object of text and label a line. */
export function run(): Promise<Result> {
	return reading('read-jsonl', { write: toJsonl, open: jsonl });
}
