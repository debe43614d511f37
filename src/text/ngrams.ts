// N-grams as tokens: each n words, or n characters, in the place of the words.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { joinedTokens, map, ownStage, remadeTokens, type Span, type Stage } from '../stream/index.js';
import { lengthsOf } from './ngrams/lengths.js';
import { ofCharacters, ofEach } from './ngrams/of-characters.js';
import { ofWords, type WordNgramOptions, wordKinds } from './ngrams/of-words.js';

/** Which n-grams the stage makes. */
export interface NgramOptions extends WordNgramOptions {
	/**
	 * 'words'; 'characters' of all tokens together, with `join` between them; 'within', those of each token between two spaces, which mark
	 * its beginning and its end. Characters are code points. Default 'words'.
	 */
	of?: 'words' | 'characters' | 'within';
}

const kinds: Kinds<NgramOptions> = { ...wordKinds, of: is.one('words', 'characters', 'within') };

/**
 * The stage that puts n-grams in the place of `tokens`: those of `wordNgrams`, `characterNgrams` or `ngramsWithin`. Offsets of n-grams of
 * words go from the first word to the last.
 *
 * @example
 * const learned = await chain(clean(), words(), ngrams({ from: 1, to: 2 }), tfidf()).fit(docs);
 * pipe(docs, characters(), ngrams({ of: 'characters', from: 2, join: '' })); // of Chinese texts
 */
export const ngrams = ownStage((given: NgramOptions = {}): Stage<{ tokens: string[] }, { tokens: string[] }> => {
	const { of = 'words', skip = 0, join = ' ', ...lengths } = optionsOf('ngrams', given, kinds);
	const { from, to } = lengthsOf('ngrams', lengths);
	if (of !== 'words' && skip > 0) throw new RangeError(`ngrams: expected skip for words only, got ${skip} for ${of}. Leave it out.`);
	if (of === 'within' && join !== ' ') {
		throw new RangeError(`ngrams: expected join for words or characters only, got ${JSON.stringify(join)} for within. Leave it out.`);
	}
	const options = { from, to, skip, join };
	const spans = (tokens: readonly string[]) => {
		const found: Span[] = [];
		ofWords(tokens, options, found);
		return found;
	};
	const work: Record<typeof of, (doc: { readonly tokens: readonly string[] }) => { tokens: string[] }> = {
		words: (doc) => joinedTokens(doc, ofWords(doc.tokens, options), () => spans(doc.tokens)),
		characters: (doc) => remadeTokens(doc, ofCharacters(doc.tokens.join(join), from, to)),
		within: (doc) => remadeTokens(doc, ofEach(doc.tokens, from, to)),
	};
	return map(work[of], { stage: 'ngrams', options: { ...options, of }, needs: { tokens: 'texts' } });
});
