// Training a unigram language model, SentencePiece's.
import { is, type Kinds, optionsOf } from '../../../base/index.js';
import { type LearnerOf, learner, ownStage } from '../../../stream/index.js';
import { type SubwordStage, subwords } from '../subwords.js';
import { alphabetOf, countCharacters } from './alphabet.js';
import { type WordCounts, wordTally } from './count-words.js';
import { addedTokens, checkSize, checkUnknown, type SubwordTraining, trainingKinds } from './options.js';
import { type SpelledWords, seedPieces } from './seed.js';
import { metaspaceSplit } from './splits.js';
import { learnUnigram } from './unigram-em.js';

/** How `unigram` learns. */
export interface UnigramOptions extends SubwordTraining {
	/** The most characters of a piece. Default 16. */
	maxLength?: number;
	/** Default 500,000, since each of its characters takes about 200 bytes. */
	words?: number;
	/** Default `<unk>`, which is needed. */
	special?: readonly string[];
}

const kinds: Kinds<UnigramOptions> = { ...trainingKinds, maxLength: is.whole(1) };

const seedSize = 1_000_000;
/** Longer words are cut: sums over all ways to cut a word must stay numbers (see `expectedCounts`). */
const longestWord = 64;

/**
 * Learns a unigram language model (Kudo 2018) from `text`, after NFKC, with ▁ for white space: a text is cut into the pieces whose product
 * of probabilities is largest. `fit` reads the documents once and keeps the different words and their counts.
 *
 * @example
 * const tokenizer = await unigram({ size: 8000 }).fit(lines('news.txt'));
 */
export const unigram = ownStage((given: UnigramOptions): LearnerOf<{ text: string }, SubwordStage> => {
	const { size, maxLength = 16, words: most = 500_000, special = ['<unk>'] } = optionsOf('unigram', given ?? {}, kinds);
	checkUnknown('unigram', special, '<unk>');
	const options = { size, maxLength, special: [...special], words: most };

	const trained = ({ words, counts }: WordCounts): SubwordStage => {
		const spelled = spell(words, counts);
		const frequencies = countCharacters(spelled.words, spelled.counts);
		const characters = alphabetOf(frequencies);
		checkSize('unigram', size, special.length, characters.length);
		const wanted = size - special.length;
		const { lattices, weights } = seedPieces(spelled, characters, maxLength, seedSize);
		const scores = learnUnigram({ lattices, weights }, size);
		const flat = spelled.words.flat();
		const text = (piece: number) =>
			piece < characters.length
				? characters[piece]!
				: flat.slice(lattices.places[piece]!, lattices.places[piece]! + lattices.lengths[piece]!).join('');
		const found = [...scores.keys()].filter((piece) => piece >= characters.length && scores[piece]! > Number.NEGATIVE_INFINITY);
		found.sort((a, b) => scores[b]! - scores[a]!).splice(Math.max(0, wanted - characters.length));
		const pieces = [...characters.keys(), ...found].sort((a, b) => scores[b]! - scores[a]!);
		return subwords({
			version: '1.0',
			truncation: null,
			padding: null,
			added_tokens: addedTokens(special),
			post_processor: null,
			...metaspaceSplit.parts,
			model: {
				type: 'Unigram',
				unk_id: special.indexOf('<unk>'),
				vocab: [
					...special.map((token): [string, number] => [token, 0]),
					...pieces.map((piece): [string, number] => [text(piece), scores[piece]!]),
				],
				byte_fallback: false,
			},
		});
	};
	const how = { stage: 'unigram', options, needs: { text: 'text' } } as const;
	return Object.assign(learner(wordTally(trained, { split: metaspaceSplit.split, who: 'unigram', most }), how), { cuts: 'text' });
});

/** Words as characters, long ones in parts. */
function spell(words: readonly string[], counts: readonly number[]): SpelledWords {
	const spelled: { words: string[][]; counts: number[] } = { words: [], counts: [] };
	words.forEach((word, w) => {
		const characters = [...word];
		for (let start = 0; start < characters.length; start += longestWord) {
			spelled.words.push(characters.slice(start, start + longestWord));
			spelled.counts.push(counts[w]!);
		}
	});
	return spelled;
}
