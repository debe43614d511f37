// Documents without those that were there before, or nearly were.
import { createHash } from 'node:crypto';
import { argumentOf, createNearTexts, detached, is, type Kind, type Kinds, nearKind, OptionError, optionsOf } from '../../base/index.js';
import { type Verb, verb } from './verb.js';
import { chosen } from './verbs.js';

/** What `dedupe` compares. */
export interface DedupeOptions<D> {
	/** The key, or with `near` the text, of a document. Default: its `text`. */
	readonly by?: (doc: D) => string;
	/** Leave out, too, what is at least so similar to a document before it: the Jaccard similarity of their shingles, above 0, at most 1. Default: equal keys alone. */
	readonly near?: number;
	/** Words in a shingle, with `near`. Default 3; 1 for texts of a few words. */
	readonly shingle?: number;
}

const kinds: Kinds<DedupeOptions<object>> = {
	by: is.function,
	near: nearKind,
	shingle: is.whole(1),
};

const keyKind: Kind = { ...is.text, next: 'Say what the key is: dedupe({ by: (doc) => String(doc.id) }).' };
const textKind: Kind = { ...is.text, next: 'Say what the text is: dedupe({ near: 0.8, by: (doc) => doc.body }).' };

/**
 * Hands on the first document of each key: by default its `text`. A pass remembers every key that it met, in about 100 bytes.
 *
 * With `near` it hands on the first of documents that are nearly equal, too. Texts are compared in lower case as sets of shingles, `shingle` words in
 * a row (a character of a script without spaces is a word; punctuation does not count). Their Jaccard similarity, shared shingles over all, is estimated by MinHash
 * signatures of 128 numbers (standard error at most 0.035 at 0.8); a document is left out where the estimate for one that was handed on is at least `near`. Which
 * ones are compared is found by bands of the signatures: a pair at `near` is with a probability of at least 0.99, a more similar one almost surely. A pass
 * remembers the signature of each document that it handed on, in about 1 KB at 0.8, and twice that while its arrays grow.
 *
 * @example
 * pipe(jsonl('crawl.jsonl'), dedupe({ by: (doc) => String(doc.url) }));
 * pipe(jsonl('crawl.jsonl'), dedupe({ near: 0.8 }));
 */
export function dedupe<D extends { text: string }>(options?: Omit<DedupeOptions<D>, 'by'>): Verb<D>;
export function dedupe<D>(options: DedupeOptions<D> & { by: (doc: D) => string }): Verb<D>;
export function dedupe(options: DedupeOptions<never> = {}): Verb<object> {
	const checked: DedupeOptions<object> = optionsOf('dedupe', options as DedupeOptions<object>, kinds);
	const { by = (doc: object) => (doc as { text: string }).text, near, shingle } = checked;
	if (near === undefined && shingle !== undefined) {
		throw new OptionError('dedupe: expected near beside shingle, got shingle alone. Pass near: 0.8, or leave shingle out.', { shingle });
	}
	const isNew = near === undefined ? () => newKeys(by) : () => newTexts(by, near, shingle ?? 3);
	const start = () => {
		const keep = isNew();
		return (chunk: readonly object[], first: number) => chosen('dedupe', chunk, first, keep);
	};
	return verb({ stage: 'dedupe', options: near === undefined ? {} : { near, shingle: shingle ?? 3 } }, start, { sequential: true });
}

/** Keys longer than this are kept as their hash of 128 bits, so that a document costs about 100 bytes of memory however long it is. */
const longestKey = 24;

function newKeys(by: (doc: object) => string): (doc: object) => boolean {
	const seen = new Set<string>();
	return (doc) => {
		const key = argumentOf('dedupe', 'the key of a document', by(doc), keyKind);
		// UTF-16, because lone surrogates are all one in UTF-8. A hash has another length than a short key.
		const short = key.length > longestKey ? `${createHash('md5').update(key, 'utf16le').digest('base64')} ` : detached(key);
		const { size } = seen;
		return seen.add(short).size > size;
	};
}

function newTexts(by: (doc: object) => string, near: number, shingle: number): (doc: object) => boolean {
	const texts = createNearTexts({ near, shingle });
	return (doc) => {
		const signature = texts.signature(argumentOf('dedupe', 'the text of a document', by(doc), textKind));
		if (texts.has(signature)) return false;
		texts.add(signature);
		return true;
	};
}
