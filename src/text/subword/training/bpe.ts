// Training BPE, of bytes or of characters.
import { is, type Kinds, optionsOf } from '../../../base/index.js';
import { type LearnerOf, learner, ownStage } from '../../../stream/index.js';
import { type SubwordStage, subwords } from '../subwords.js';
import { alphabetOf, countCharacters } from './alphabet.js';
import { byteAlphabet, byteCharacters } from './byte-alphabet.js';
import { type WordCounts, wordTally } from './count-words.js';
import { learnMerges, TokenTable } from './merges.js';
import { addedTokens, checkSize, checkUnknown, mergingKinds, type SubwordTraining } from './options.js';
import { byteLevelSplit, metaspaceSplit } from './splits.js';

/** How `bpe` learns. */
export interface BpeOptions extends SubwordTraining {
	/** Pairs seen fewer times are not merged. Default 2. */
	minCount?: number;
	/**
	 * Whether words are split into bytes, as GPT-2 does: any text can be encoded, white space included. Else into characters, after
	 * NFKC, with ▁ for white space. Default true.
	 */
	byteLevel?: boolean;
	/** Default none for bytes; `<unk>` for characters, which need it. */
	special?: readonly string[];
	/** The most characters kept, for characters; rarer ones are unknown. Default no limit. */
	alphabet?: number;
}

const kinds: Kinds<BpeOptions> = { ...mergingKinds, byteLevel: is.flag };

/**
 * Learns byte-pair encoding (Sennrich et al. 2016) from `text`, by the rules of Hugging Face's trainer: the same texts give the same merges.
 * `fit` reads the documents once and keeps the different words and their counts.
 *
 * @example
 * const tokenizer = await bpe({ size: 10_000 }).fit(lines('news.txt'));
 * await tokenizer.save('tokenizer.json');
 */
export const bpe = ownStage((given: BpeOptions): LearnerOf<{ text: string }, SubwordStage> => {
	const { size, minCount = 2, byteLevel = true, alphabet, words: most = 2_000_000 } = optionsOf('bpe', given ?? {}, kinds);
	const { special = byteLevel ? [] : ['<unk>'] } = given;
	if (!byteLevel) checkUnknown('bpe', special, '<unk>');
	if (byteLevel && alphabet !== undefined) {
		throw new RangeError(`bpe: expected no alphabet with byteLevel, got ${alphabet}. All bytes are kept: leave it out.`);
	}
	const options = { size, minCount, byteLevel, special: [...special], words: most, ...(alphabet !== undefined && { alphabet }) };
	const { split, parts } = byteLevel ? byteLevelSplit : metaspaceSplit;

	const trained = ({ words, counts }: WordCounts): SubwordStage => {
		const spelled = words.map((word) => (byteLevel ? byteCharacters(word) : [...word]));
		const characters = byteLevel ? [...byteAlphabet].sort() : alphabetOf(countCharacters(spelled, counts), alphabet);
		checkSize('bpe', size, special.length, characters.length);
		const table = new TokenTable();
		for (const token of [...special, ...characters]) table.add(token);
		const symbols = spelled.map((word) => word.map((character) => table.idOf(character)).filter((id) => id !== undefined));
		const merges = learnMerges({ words: symbols, counts }, table, { size, minCount, prefix: '' });
		return subwords({
			version: '1.0',
			truncation: null,
			padding: null,
			added_tokens: addedTokens(special),
			post_processor: null,
			...parts,
			model: {
				type: 'BPE',
				dropout: null,
				unk_token: byteLevel ? null : '<unk>',
				continuing_subword_prefix: null,
				end_of_word_suffix: null,
				fuse_unk: false,
				byte_fallback: false,
				ignore_merges: false,
				vocab: Object.fromEntries(table.tokens.map((token, id) => [token, id])),
				merges,
			},
		});
	};
	return Object.assign(learner(wordTally(trained, { split, who: 'bpe', most }), { stage: 'bpe', options, needs: { text: 'text' } }), {
		cuts: 'text',
	});
});
