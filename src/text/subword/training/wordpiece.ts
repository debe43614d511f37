// Training WordPiece, BERT's.
import { is, type Kinds, optionsOf } from '../../../base/index.js';
import { type LearnerOf, learner, ownStage } from '../../../stream/index.js';
import { type SubwordStage, subwords } from '../subwords.js';
import { alphabetOf, countCharacters } from './alphabet.js';
import { type WordCounts, wordTally } from './count-words.js';
import { learnMerges, TokenTable } from './merges.js';
import { addedTokens, checkSize, checkUnknown, mergingKinds, type SubwordTraining } from './options.js';
import { bertSplit } from './splits.js';

/** How `wordpiece` learns. */
export interface WordpieceOptions extends SubwordTraining {
	/** Pairs seen fewer times are not merged. Default 2. */
	minCount?: number;
	/** Whether texts are put in lower case, without accents. Default true. */
	lowercase?: boolean;
	/** With `[CLS]` and `[SEP]` among them, each text is put between the two. Default `[PAD] [UNK] [CLS] [SEP] [MASK]`. */
	special?: readonly string[];
	/** The most characters kept; words with a rarer one are unknown. Default no limit. */
	alphabet?: number;
}

const kinds: Kinds<WordpieceOptions> = { ...mergingKinds, lowercase: is.flag };

const prefix = '##';

/**
 * Learns WordPiece from `text`: the tokens are those of pair merges, as in Hugging Face's trainer, and a word is encoded by its longest
 * pieces, from the left (Wu et al. 2016, section 4.1). `fit` reads the documents once and keeps the different words and their counts.
 *
 * @example
 * const tokenizer = await wordpiece({ size: 10_000 }).fit(lines('news.txt'));
 */
export const wordpiece = ownStage((given: WordpieceOptions): LearnerOf<{ text: string }, SubwordStage> => {
	const {
		size,
		minCount = 2,
		lowercase = true,
		special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'],
		alphabet,
		words: most = 2_000_000,
	} = optionsOf('wordpiece', given ?? {}, kinds);
	checkUnknown('wordpiece', special, '[UNK]');
	const options = { size, minCount, lowercase, special: [...special], words: most, ...(alphabet !== undefined && { alphabet }) };
	const { split, parts } = bertSplit(lowercase);

	const trained = ({ words, counts }: WordCounts): SubwordStage => {
		const spelled = words.map((word) => [...word]);
		const table = new TokenTable();
		for (const token of special) table.add(token);
		const known = new Set(alphabetOf(countCharacters(spelled, counts), alphabet));
		for (const character of known) table.add(character);
		const kept = spelled.map((word) => word.filter((character) => known.has(character)));
		// A character has a second token where it comes inside words. Sorted, so that ids depend on the texts only.
		const inside = new Set(kept.flatMap((word) => word.slice(1)));
		for (const character of alphabetOf(new Map([...inside].map((character) => [character, 1])))) table.add(prefix + character);
		checkSize('wordpiece', size, special.length, table.tokens.length - special.length);
		const symbols = kept.map((word) => word.map((character, i) => table.add(i > 0 ? prefix + character : character)));
		learnMerges({ words: symbols, counts }, table, { size, minCount, prefix });
		return subwords({
			version: '1.0',
			truncation: null,
			padding: null,
			added_tokens: addedTokens(special),
			post_processor: between(special),
			...parts,
			model: {
				type: 'WordPiece',
				unk_token: '[UNK]',
				continuing_subword_prefix: prefix,
				max_input_chars_per_word: 100,
				vocab: Object.fromEntries(table.tokens.map((token, id) => [token, id])),
			},
		});
	};
	return Object.assign(
		learner(wordTally(trained, { split, who: 'wordpiece', most }), { stage: 'wordpiece', options, needs: { text: 'text' } }),
		{ cuts: 'text' },
	);
});

/** What puts [CLS] before and [SEP] after a text, where there are such tokens. */
function between(special: readonly string[]) {
	const [cls, sep] = [special.indexOf('[CLS]'), special.indexOf('[SEP]')];
	return cls < 0 || sep < 0 ? null : { type: 'BertProcessing', sep: ['[SEP]', sep], cls: ['[CLS]', cls] };
}
