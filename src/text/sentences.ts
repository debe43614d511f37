// Sentences: where a full stop, a question or exclamation mark ends one, and where it does not.
import { argumentOf, is, optionsOf } from '../base/index.js';
import { map, ownStage, type Stage } from '../stream/index.js';
import { abbreviations, beforeNumbers, starters, titles } from './sentence-words.js';
import { type Offset, type TokenizerOptions, tokenizerKinds } from './tokenizer.js';

/**
 * Marks with the closing quotes and brackets after them, or a blank line. Marks of Chinese take others in: ！…… and “好！”。 end one sentence. An ellipsis before such
 * a mark belongs to it.
 */
const candidate =
	/(…*[。！？｡；][。！？｡；…!?]*)((?:["'”’»›)\]」』）】》〉〕]|(?<=["'”’»›)\]」』）】》〉〕])[。！？｡；…]+)*)|([.!?…]+)(["'”’»›)\]」』）】》〉〕]*)|\n[^\S\n]*\n\s*/g;

/** What may stand between the end of one sentence and the first letter of the next. */
const opening = /[\s\x85"'“‘«‹([「『（【《¿¡—–-]*/y;

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** What begins a sentence after an ellipsis of Chinese. */
const afterEllipsis = /^["“‘「『（《【\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** The longest word looked at before a stop. */
const longest = 24;

/** The letters, digits and inner stops directly before `at`. */
function wordBefore(text: string, at: number): string {
	return /[\p{L}\p{M}\p{N}.]*$/u.exec(text.slice(Math.max(0, at - longest), at))![0];
}

/** The first word after `at`, past quotes and brackets. */
function wordAfter(text: string, at: number): string {
	opening.lastIndex = at;
	opening.test(text);
	return /^[\p{L}\p{M}\p{N}’']*/u.exec(text.slice(opening.lastIndex, opening.lastIndex + longest))![0];
}

/** Whether one full stop after `before` ends a sentence, when `after` is the next word. */
function endsByStop(before: string, after: string): boolean {
	const lower = before.toLowerCase();
	if (titles.has(lower)) return false;
	if (beforeNumbers.has(lower) && /^\p{N}/u.test(after)) return false;
	const initial = /^\p{Lu}$/u.test(before);
	const dotted = /^(?:\p{L}\.)+\p{L}$/u.test(before);
	// The next word decides: `U.S. The` but `U.S. Senate`, `plan B. We` but `J. Smith`.
	if (initial || dotted || abbreviations.has(lower)) return /^\p{Lu}/u.test(after) && starters.has(after.toLowerCase());
	return true;
}

function ends(text: string, start: number, mark: string, closers: string): boolean {
	const end = start + mark.length + closers.length;
	// A quotation that its sentence goes on after: 「はい。」と言った.
	if (/[。！？｡；]/.test(mark)) return !(closers !== '' && /^(?:と|って)/.test(text.slice(end, end + 2)));
	const next = text.slice(end, end + 2);
	if (next === '') return true;
	if (!/^[\s\x85]/.test(next)) return (/[!?]$/.test(mark) && cjk.test(next)) || (/^……/.test(mark) && afterEllipsis.test(next));
	const after = wordAfter(text, end);
	if (/^\p{Ll}/u.test(after)) return false;
	if (/^(?:\.{2,}|…)/.test(mark)) return after === '' || /^(?!\p{N})/u.test(after);
	return mark !== '.' || after === '' || endsByStop(wordBefore(text, start), after);
}

/**
 * The sentences of a text, trimmed. Stops after abbreviations, initials and in numbers do not end one, nor does a mark before a
 * word in lower case (`"Why?" he asked`); a blank line and the full stops of Chinese and Japanese always do, as
 * do their semicolon ； and an ellipsis …… before a character of theirs; closing quotes and brackets stay with what they close. Rules are those of English.
 *
 * @example
 * splitSentences('Dr. Li paid $3.50. It rained.'); // ['Dr. Li paid $3.50.', 'It rained.']
 */
export function splitSentences(text: string): string[] {
	return scan(argumentOf('splitSentences', 'text', text, is.text));
}

function scan(text: string, offsets?: Offset[]): string[] {
	const found: string[] = [];
	let from = 0;
	const push = (to: number) => {
		const raw = text.slice(from, to);
		const sentence = raw.trim();
		if (sentence !== '') {
			const start = from + raw.indexOf(sentence[0]!);
			found.push(sentence);
			offsets?.push([start, start + sentence.length]);
		}
		from = to;
	};
	for (const { index, 0: whole, 1: wide, 2: wideClosers, 3: narrow, 4: closers } of text.matchAll(candidate)) {
		const mark = wide ?? narrow;
		if (mark === undefined || ends(text, index, mark, (wideClosers ?? closers)!)) push(index + whole.length);
	}
	push(text.length);
	return found;
}

/**
 * The stage that cuts `text` into `sentences`; the same work as `splitSentences`. With offsets it adds `sentenceOffsets`.
 *
 * @example
 * pipe(docs, sentences({ offsets: true }));
 */
export const sentences = ownStage(
	<const O extends boolean = false>(
		options: TokenizerOptions & { offsets?: O } = {},
	): Stage<{ text: string }, O extends true ? { sentences: string[]; sentenceOffsets: Offset[] } : { sentences: string[] }> => {
		const { offsets = false } = optionsOf('sentences', options, tokenizerKinds);
		const plain = (doc: { text: string }) => ({ sentences: scan(doc.text) });
		const placed = (doc: { text: string }) => {
			const sentenceOffsets: Offset[] = [];
			return { sentences: scan(doc.text, sentenceOffsets), sentenceOffsets };
		};
		// As in `tokenizer`: the type of `O` knows which of the two it is.
		return map(offsets ? placed : plain, { stage: 'sentences', options: { offsets }, needs: { text: 'text' } }) as never;
	},
);
