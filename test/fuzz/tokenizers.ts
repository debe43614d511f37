// Text of nonsense through every tokenizer: tokens in order, each where its offset says, and the same from one document as from many.
import fc from 'fast-check';
import { basicEnglish, characters, regexp, sentences, whitespace, words } from 'textloom';
import { must, oddText, same, target } from './target.js';

/** Whether a token is the text at its offset as it stands. */
const tokenizers = {
	words: { stage: words({ offsets: true }), slices: false },
	basicEnglish: { stage: basicEnglish({ offsets: true }), slices: false },
	whitespace: { stage: whitespace({ offsets: true }), slices: true },
	codePoints: { stage: characters({ offsets: true }), slices: true },
	graphemes: { stage: characters({ unit: 'grapheme', offsets: true }), slices: true },
	regexp: { stage: regexp({ pattern: '\\p{L}+|.', offsets: true }), slices: true },
	gaps: { stage: regexp({ pattern: '[\\s,]+', gaps: true, offsets: true }), slices: true },
	sentences: { stage: sentences({ offsets: true }), slices: true },
};

interface Placed {
	readonly tokens?: readonly string[];
	readonly offsets?: readonly (readonly [number, number])[];
	readonly sentences?: readonly string[];
	readonly sentenceOffsets?: readonly (readonly [number, number])[];
}

const inputs = fc.tuple(fc.constantFrom(...(Object.keys(tokenizers) as (keyof typeof tokenizers)[])), oddText);

export const offsets = target('tokenizers', inputs, ([name, text]) => {
	const { stage, slices } = tokenizers[name];
	const [doc, again] = stage.apply([{ text }, { text }]) as Placed[];
	same('a second document', again, doc);
	const tokens = (doc!.tokens ?? doc!.sentences)!;
	const places = (doc!.offsets ?? doc!.sentenceOffsets)!;
	same('offsets', places.length, tokens.length);
	let last = 0;
	places.forEach(([start, end], i) => {
		must(`token ${i} from ${start} to ${end} after ${last} of ${text.length}`, last <= start && start < end && end <= text.length);
		last = end;
		if (slices) same(`token ${i}`, text.slice(start, end), tokens[i]);
	});
	if (name === 'codePoints' || name === 'graphemes') same('joined', tokens.join(''), text);
});
