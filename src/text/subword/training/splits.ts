// How texts become the words that subwords are cut from. Each way is given twice: as a function, for training, and as the parts of a
// `tokenizer.json` that do the same, for encoding.
import { normalized } from '../../normalized.js';
import type { TokenizerJson } from '../tokenizer-json.js';

/** One way: `split` does to a text what the parts do. */
export interface Split {
	readonly split: (text: string) => readonly string[];
	readonly parts: Pick<TokenizerJson, 'normalizer' | 'pre_tokenizer' | 'decoder'>;
}

const none: readonly string[] = [];

// GPT-2 (Radford et al. 2019): the space before a word belongs to it.
const gpt2 =
	/'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/** GPT-2's: nothing is lost, white space included. */
export const byteLevelSplit: Split = {
	split: (text) => text.match(gpt2) ?? none,
	parts: {
		normalizer: null,
		pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
		decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
	},
};

/** SentencePiece's: white space is one space, shown as ▁, at the beginning of each word. */
export const metaspaceSplit: Split = {
	split: (text) => {
		const marked = normalized(text, 'NFKC').replace(/\p{White_Space}+/gu, '▁');
		if (marked === '') return none;
		return (marked[0] === '▁' ? marked : `▁${marked}`).match(/▁[^▁]*/g)!;
	},
	parts: {
		normalizer: {
			type: 'Sequence',
			normalizers: [{ type: 'NFKC' }, { type: 'Replace', pattern: { Regex: '\\p{White_Space}+' }, content: ' ' }],
		},
		pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
		decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
	},
};

const han =
	'\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}';
const asciiMarks = '!-/:-@\\[-`{-~';
const bertWord = new RegExp(`[${asciiMarks}\\p{P}${han}]|[^\\s\\x85${asciiMarks}\\p{P}${han}]+`, 'gu');
const bertAsciiWord = new RegExp(`[${asciiMarks}]|[^\\s${asciiMarks}]+`, 'g');
const plain = /^[\t\n\r\x20-\x7e]*$/;
// White space stays, control characters and the replacement character go.
const unclean = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\ufffd]/gu;

/** BERT's (Devlin et al. 2018): words, each punctuation mark, each Han character; with `lowercase`, in lower case without accents. */
export function bertSplit(lowercase: boolean): Split {
	const lower = (text: string) => (lowercase ? text.toLowerCase() : text);
	const bare = (text: string) =>
		lowercase
			? normalized(text, 'NFD')
					.replace(/\p{Mn}/gu, '')
					.toLowerCase()
			: text;
	return {
		split: (text) => (plain.test(text) ? lower(text).match(bertAsciiWord) : bare(text.replace(unclean, '')).match(bertWord)) ?? none,
		parts: {
			normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase },
			pre_tokenizer: { type: 'BertPreTokenizer' },
			decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
		},
	};
}
