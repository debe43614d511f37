// The tokenizer of a vocab.txt, as BERT's first releases have one: a token a line, WordPiece.
import { DataError, type Json } from '../base/index.js';

const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** A vocab.txt as a tokenizer.json. Throws a DataError where the tokens that BERT puts around a text are missing. */
export function vocabularyTokenizer(text: string, { lowercase }: { readonly lowercase: boolean }): Readonly<Record<string, Json>> {
	const tokens = text.replace(/\r?\n$/, '').split(/\r?\n/);
	const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
	const missing = ['[UNK]', '[CLS]', '[SEP]'].find((token) => !Object.hasOwn(vocab, token));
	if (missing !== undefined)
		throw new DataError(
			`pretrained: expected ${missing} among the tokens of vocab.txt, found none. Copy the model's tokenizer.json beside it.`,
		);
	const added = special.filter((token) => Object.hasOwn(vocab, token));
	return {
		version: '1.0',
		truncation: null,
		padding: null,
		added_tokens: added.map((content) => ({
			...{ id: vocab[content]!, content, single_word: false, lstrip: false, rstrip: false },
			...{ normalized: false, special: true },
		})),
		normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase },
		pre_tokenizer: { type: 'BertPreTokenizer' },
		post_processor: { type: 'BertProcessing', sep: ['[SEP]', vocab['[SEP]']!], cls: ['[CLS]', vocab['[CLS]']!] },
		decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
		model: {
			...{ type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100 },
			vocab,
		},
	};
}
