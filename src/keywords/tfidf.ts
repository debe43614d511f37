// Keywords by TF-IDF: against a corpus that was fitted on, or by a table of inverse document frequencies as in jieba.
import { type Json, type Kinds, optionsOf } from '../base/index.js';
import { type Tfidf, tfidf } from '../features/index.js';
import { ownStagesOf, type State } from '../stream/index.js';
import {
	best,
	type Extractor,
	isLong,
	type Keyword,
	type KeywordSource,
	stopwordSet,
	type TaggedOptions,
	taggedKinds,
	tagsOf,
	topAsJson,
} from './extractor.js';
import { type IdfTable, idfTable } from './idf.js';
import { jiebaStopwords } from './jieba-stopwords.js';

const who = 'tfidfKeywords';

/** Which keywords are wanted, and of which words. `tags` default to false: any word. Stop words default to jieba's 30 English words. */
export interface TfidfKeywordsOptions extends TaggedOptions {}

const kinds: Kinds<TfidfKeywordsOptions> = taggedKinds;

/**
 * The tokens with the largest TF-IDF weights; equal weights by first place in the text.
 *
 * By a fitted `tfidf()` the weights are its own; tokens without a letter, and those not seen in `fit`, are no keywords. By a table they are
 * count / counted tokens · idf, where a word that the table does not have gets its median; tokens of one character are no keywords. That is
 * `jieba.analyse.extract_tags`, with the same sums in the same order.
 *
 * @example
 * tfidfKeywords(await tfidf().fit(docs), { stopwords: 'en', top: 5 }).extract({ tokens: ['storm', 'hits', 'harbour'] });
 * tfidfKeywords(await readIdf('idf.txt'), { tags: ['n', 'ns'] }).extract({ tokens, tags });
 */
export function tfidfKeywords(weights: Tfidf | IdfTable, given: TfidfKeywordsOptions = {}): Extractor {
	const { top = 10, stopwords = jiebaStopwords, tags = false } = optionsOf(who, given, kinds);
	const isFitted = typeof weights === 'function' && typeof weights.weights === 'function';
	if (!isFitted && typeof (weights as IdfTable | undefined)?.median !== 'number') {
		throw new TypeError(
			`${who}: expected a fitted tfidf() or a table of idf, got ${typeof weights}. Pass await tfidf().fit(docs), or await readIdf(path).`,
		);
	}
	const { words, json } = stopwordSet(stopwords);
	const may = (doc: KeywordSource): ((place: number) => boolean) => {
		const allowed = tags === false ? undefined : new Set(tags);
		const tagged = allowed && tagsOf(who, doc);
		return (place) => (!allowed || allowed.has(tagged![place]!)) && !words.has(doc.tokens[place]!.toLowerCase());
	};
	const find = isFitted ? byCorpus(weights) : byTable(weights as IdfTable);
	const state: State = isFitted
		? { fitted: { options: weights.spec.options, state: weights.spec.state! } }
		: { words: (weights as IdfTable).words, values: (weights as IdfTable).values };
	return {
		...{ method: 'tfidf', options: { top: topAsJson(top), stopwords: json, tags: tags === false ? false : [...tags] }, state },
		extract: (doc) => best(find(doc, may(doc)), top),
	};
}

type Find = (doc: KeywordSource, may: (place: number) => boolean) => Keyword[];

function byTable(table: IdfTable): Find {
	return ({ tokens }, may) => {
		const places = new Map<string, number[]>();
		let total = 0;
		for (let i = 0; i < tokens.length; i++) {
			const token = tokens[i]!;
			if (!isLong(token) || !may(i)) continue;
			total++;
			const known = places.get(token);
			if (known) known.push(i);
			else places.set(token, [i]);
		}
		// jieba divides first: count · (idf / total).
		return Array.from(places, ([keyword, positions]) => ({
			...{ keyword, score: positions.length * ((table.idf(keyword) ?? table.median) / total), positions },
		}));
	};
}

function byCorpus(fitted: Tfidf): Find {
	const [from, to] = (fitted.spec.options as { ngramRange?: [number, number] }).ngramRange ?? [1, 1];
	return ({ tokens }, may) => {
		const weights = fitted.weights(tokens);
		const places = new Map<string, number[]>();
		for (let i = 0; i < tokens.length; i++) {
			for (let length = from; length <= to && i + length <= tokens.length; length++) {
				// No n-gram goes across marks.
				if (!/[\p{L}\p{N}]/u.test(tokens[i + length - 1]!)) break;
				const term = length === 1 ? tokens[i]! : tokens.slice(i, i + length).join(' ');
				if (!weights.has(term) || !/\p{L}/u.test(term) || !may(i) || !may(i + length - 1)) continue;
				const known = places.get(term);
				if (known) known.push(i);
				else places.set(term, [i]);
			}
		}
		return Array.from(places, ([keyword, positions]) => ({ keyword, score: weights.get(keyword)!, positions }));
	};
}

/** The extractor of options and of what it knew. Throws a TypeError where the state is not one of its own. */
export function reviveTfidfKeywords(options: TfidfKeywordsOptions, state: State | undefined): Extractor {
	const { fitted, words, values } = (state ?? {}) as {
		fitted?: { options: Json; state: State };
		words?: readonly string[];
		values?: Float64Array;
	};
	if (fitted) return tfidfKeywords(ownStagesOf({ tfidf }).tfidf!(fitted.options as never, fitted.state) as unknown as Tfidf, options);
	if (Array.isArray(words) && words.length === values?.length)
		return tfidfKeywords(idfTable(words.map((word, i) => [word, values[i]!])), options);
	throw new TypeError(`${who}: expected the state of a fitted tfidf() or of a table of idf, got another. Save the pipeline again.`);
}
