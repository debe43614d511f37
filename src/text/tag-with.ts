// Part-of-speech tags by other packages, as a stage; and wink-nlp's of tokens that are cut already.
import { argumentOf, is } from '../base/index.js';
import { map, type Stage } from '../stream/index.js';

/** Tags the tokens of one text: one tag for each. */
export type TagWith = (tokens: readonly string[]) => readonly string[];

/**
 * The stage that adds `tags`, one for each of `tokens`, by a tagger of another package. A pipeline that is saved holds the name alone: supply the
 * stage again when it is loaded, as with `tokenizeWith`.
 *
 * @example
 * import model from 'wink-eng-lite-web-model';
 * import winkNLP from 'wink-nlp';
 * pipe(docs, words(), tagWith('wink', winkTagger(winkNLP(model))), keywords(textrankKeywords({ tags: nounsAndAdjectives })));
 */
export function tagWith(name: string, tagger: TagWith): Stage<{ tokens: string[] }, { tags: string[] }> {
	argumentOf('tagWith', 'name', name, is.name);
	argumentOf('tagWith', 'tagger', tagger, is.function);
	const add = ({ tokens }: { tokens: string[] }) => {
		const tags: unknown = tagger(tokens);
		if (is.texts.fits(tags) && (tags as string[]).length === tokens.length) return { tags: [...(tags as string[])] };
		const got = Array.isArray(tags) ? `${tags.length} tags` : typeof tags;
		throw new TypeError(
			`tagWith: expected "${name}" to give a tag for each of ${tokens.length} tokens, got ${got}. Return one text for each.`,
		);
	};
	return map(add, { stage: name, needs: { tokens: 'texts' } });
}

/** What is used of wink-nlp: texts become documents, of which its tokens give their values, tags and the spaces before them. */
export interface Wink {
	readonly its: { readonly value: unknown; readonly pos: unknown; readonly precedingSpaces: unknown };
	// biome-ignore lint/suspicious/noExplicitAny: its types of `out` are overloads that no function type of ours meets.
	readonly readDoc: (text: string) => { tokens(): { out(what: any): any } };
}

/**
 * Universal tags by wink-nlp with a model of English, which the caller installs. wink cuts by itself: it gets the tokens with spaces between,
 * and a token that it cuts further has the tag of its longest part. With wink-eng-lite-web-model 1.8.1 88.9% of the 25,094 words of UD English
 * EWT's test set have the tag that is theirs there, as they are cut there.
 *
 * @example
 * winkTagger(winkNLP(model))(['The', 'ferry', 'sank', '.']); // ['DET', 'NOUN', 'VERB', 'PUNCT']
 */
export function winkTagger(wink: Wink): TagWith {
	if (typeof wink?.readDoc !== 'function' || wink.its === undefined) {
		throw new TypeError(
			`winkTagger: expected what winkNLP(model) gives, got ${wink === null ? 'null' : typeof wink}. Pass winkNLP(model).`,
		);
	}
	const { its } = wink;
	return (given) => {
		// What is white space alone would move all after it.
		const tokens = given.map((token) => token.replace(/\s+/g, '') || '_');
		const doc = wink.readDoc(tokens.join(' ')).tokens();
		const parts = doc.out(its.value) as string[];
		const tags = doc.out(its.pos) as string[];
		const spaces = doc.out(its.precedingSpaces) as string[];
		const found = tokens.map(() => 'X');
		const longest = new Uint32Array(tokens.length);
		let [token, start, at] = [0, 0, 0];
		for (let i = 0; i < parts.length; i++) {
			at += spaces[i]!.length;
			const end = at + parts[i]!.length;
			while (token < tokens.length && at >= start + tokens[token]!.length) start += tokens[token++]!.length + 1;
			// A part may go over several tokens.
			for (let t = token, from = start; t < tokens.length && from < end; from += tokens[t++]!.length + 1) {
				const common = Math.min(end, from + tokens[t]!.length) - Math.max(at, from);
				if (common <= longest[t]!) continue;
				longest[t] = common;
				found[t] = tags[i]!;
			}
			at = end;
		}
		return found;
	};
}
