// jieba's dictionary of 349,045 words, out of the package @node-rs/jieba: one table in memory that threads share, filled by the first that needs it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { addMainText } from './main-words.js';
import { Trie } from './trie.js';

/** Half a million nodes in a million places of 16 bytes. */
const slotBytes = 1 << 24;
/** Before them: a state, counts, and the names of tags. */
const headBytes = 4096;
const [stateAt, countAt, tagBytesAt] = [0, 1, 2] as const;
const [totalAtByte, tagsAtByte] = [16, 64] as const;
const [empty, filling, ready, abandoned] = [0, 1, 2, 3] as const;
/** Milliseconds after which a thread that fills the table is taken for dead. */
const patience = 10_000;

const name = 'textloom: dictionary of jieba';
let memory: SharedArrayBuffer | undefined;
let trie: Trie | undefined;

/** Has threads that start from now on share the table. The memory is there, but takes none of the machine's before the dictionary is read. */
export function shareDefaultDictionary(): SharedArrayBuffer {
	memory ??= isMainThread ? undefined : (getEnvironmentData(name) as SharedArrayBuffer | undefined);
	if (memory === undefined) {
		memory = new SharedArrayBuffer(headBytes + slotBytes);
		setEnvironmentData(name, memory);
	}
	return memory;
}

/** The dictionary, read at the first call. Others have it, too: who changes it takes a copy. */
export function defaultDictionary(): Trie {
	trie ??= open(shareDefaultDictionary()) ?? fill(new SharedArrayBuffer(headBytes + slotBytes));
	return trie;
}

/** The dictionary in this memory; undefined where another thread did not come to an end with it. */
function open(shared: SharedArrayBuffer): Trie | undefined {
	const head = new Int32Array(shared, 0, 4);
	const state = Atomics.compareExchange(head, stateAt, empty, filling);
	if (state === empty) {
		try {
			const filled = fill(shared);
			Atomics.store(head, stateAt, ready);
			return filled;
		} catch (error) {
			Atomics.store(head, stateAt, empty);
			throw error;
		} finally {
			Atomics.notify(head, stateAt);
		}
	}
	if (state === filling && Atomics.wait(head, stateAt, filling, patience) === 'timed-out') {
		// Who comes later need not wait.
		Atomics.compareExchange(head, stateAt, filling, abandoned);
	}
	if (Atomics.load(head, stateAt) !== ready) return undefined;
	const tags = Buffer.from(new Uint8Array(shared, tagsAtByte, head[tagBytesAt])).toString();
	const total = new Float64Array(shared, totalAtByte, 1)[0]!;
	return Trie.over(new Int32Array(shared, headBytes), { total, count: head[countAt]!, tags: tags.split(' ') });
}

function fill(shared: SharedArrayBuffer): Trie {
	const filled = new Trie(new Int32Array(shared, headBytes));
	const path = createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt');
	addMainText(filled, readFileSync(path, 'utf8'), path);
	// The file of Python's jieba has one word twice (B超, frequency 3), and counts it twice.
	filled.total += 3;
	const tags = Buffer.from(filled.tags.join(' '));
	const head = new Int32Array(shared, 0, 4);
	[head[countAt], head[tagBytesAt]] = [filled.count, tags.length];
	new Float64Array(shared, totalAtByte, 1)[0] = filled.total;
	new Uint8Array(shared, tagsAtByte, tags.length).set(tags);
	return filled;
}
