// The candidates of YAKE: runs of words between marks, that neither begin nor end with a stop word, and their scores.
import { joinedWords, type Keyword, type KeywordSource } from '../extractor.js';
import { isMarks, tagOf, type WordTag, withoutMarks } from './tag.js';
import { newTerm, scoreTerms, type Term } from './terms.js';

/** A run of words: its text in lower case, and what becomes of it. */
export interface Candidate {
	readonly text: string;
	readonly keyword: Keyword;
}

interface Run {
	readonly keyword: string;
	readonly terms: readonly Term[];
	readonly positions: number[];
	/** Whether it was met without numbers and unusual words. */
	isPlain: boolean;
}

interface Word {
	readonly text: string;
	readonly tag: WordTag;
	readonly term: Term;
}

/** What counts as a word, and how many make a candidate. */
export interface Limits {
	readonly stopwords: ReadonlySet<string>;
	readonly longest: number;
	readonly shortest: number;
	readonly window: number;
}

/** More than any document has words: a pair of terms is a · this + b. */
const stride = 2 ** 26;

const isUsual = (tag: WordTag) => tag !== 'u' && tag !== 'd';

/** The candidates in the order in which they are first met. */
export function candidatesOf(doc: KeywordSource, limits: Limits): Candidate[] {
	const { longest, window } = limits;
	const { tokens } = doc;
	const starts = doc.sentenceStarts ?? sentenceStartsOf(tokens);
	const byText = new Map<string, Term>();
	/** What is known of a token as it is written. */
	const met = new Map<string, { first: WordTag; later: WordTag; term: Term } | 'marks'>();
	const pairs = new Map<number, number>();
	const runs = new Map<string, Run>();
	let [sentence, start] = [-1, 0];
	let block: Word[] = [];
	for (let i = 0; i < tokens.length; i++) {
		while (sentence + 1 < starts.length && i >= starts[sentence + 1]!) {
			start = starts[++sentence]!;
			block = [];
		}
		const text = tokens[i]!;
		let word = met.get(text);
		if (word === undefined) {
			word = isMarks(text) ? 'marks' : { first: tagOf(text, 0), later: tagOf(text, 1), term: termOf(text, byText, limits) };
			met.set(text, word);
		}
		if (word === 'marks') {
			block = [];
			continue;
		}
		const { term } = word;
		const tag = i === start ? word.first : word.later;
		term.count++;
		if (term.sentences.at(-1) !== sentence) term.sentences.push(sentence);
		if (tag === 'a') term.acronyms++;
		if (tag === 'n') term.names++;
		if (isUsual(tag)) for (const left of block.slice(-window)) if (isUsual(left.tag)) pair(left.term, term, pairs);
		block.push({ text, tag, term });
		for (let length = 1; length <= Math.min(longest, block.length); length++) add(runs, block.slice(-length), i - length + 1);
	}
	scoreTerms([...byText.values()], starts.length);
	const found: Candidate[] = [];
	for (const [text, { keyword, terms, positions, isPlain }] of runs) {
		if (!isPlain || terms[0]!.isStop || terms.at(-1)!.isStop) continue;
		found.push({ text, keyword: { keyword, score: scoreOf(terms, pairs) / positions.length, positions } });
	}
	return found;
}

/** The first token, and each after a token of marks that end sentences and the quotes and brackets behind it. */
function sentenceStartsOf(tokens: readonly string[]): number[] {
	const starts = tokens.length > 0 ? [0] : [];
	for (let i = 0; i < tokens.length; i++) {
		if (!/^[.!?…。！？｡]+$/u.test(tokens[i]!)) continue;
		while (i + 1 < tokens.length && /^[.!?…。！？｡"'”’»)\]」』】》]+$/u.test(tokens[i + 1]!)) i++;
		if (i + 1 < tokens.length) starts.push(i + 1);
	}
	return starts;
}

function termOf(text: string, byText: Map<string, Term>, { stopwords, shortest }: Limits): Term {
	const lower = text.toLowerCase();
	const unique = lower.endsWith('s') && [...lower].length > 3 ? lower.slice(0, -1) : lower;
	let term = byText.get(unique);
	if (term === undefined) {
		const isStop = stopwords.has(lower) || stopwords.has(unique) || [...withoutMarks(unique)].length < shortest;
		term = newTerm(byText.size, isStop);
		byText.set(unique, term);
	}
	return term;
}

function pair(left: Term, right: Term, pairs: Map<number, number>): void {
	const key = left.id * stride + right.id;
	const known = pairs.get(key) ?? 0;
	pairs.set(key, known + 1);
	if (known === 0) {
		left.right.distinct++;
		right.left.distinct++;
	}
	left.right.all++;
	right.left.all++;
}

function add(runs: Map<string, Run>, words: readonly Word[], place: number): void {
	const keyword = joinedWords(words.map(({ text }) => text));
	const key = keyword.toLowerCase();
	const isPlain = words.every(({ tag }) => isUsual(tag));
	const known = runs.get(key);
	if (known === undefined) runs.set(key, { keyword, terms: words.map(({ term }) => term), positions: [place], isPlain });
	else {
		known.positions.push(place);
		known.isPlain ||= isPlain;
	}
}

/** Π S(t) / (1 + Σ S(t)); a stop word inside counts by how seldom it stands between its neighbours. */
function scoreOf(terms: readonly Term[], pairs: ReadonlyMap<number, number>): number {
	let [product, sum] = [1, 0];
	for (let t = 0; t < terms.length; t++) {
		const term = terms[t]!;
		if (!term.isStop) {
			sum += term.score;
			product *= term.score;
			continue;
		}
		const [before, after] = [terms[t - 1], terms[t + 1]];
		const left = before ? (pairs.get(before.id * stride + term.id) ?? 0) / before.count : 0;
		const right = after ? (pairs.get(term.id * stride + after.id) ?? 0) / after.count : 0;
		product *= 1 + (1 - left * right);
		sum -= 1 - left * right;
	}
	return product / (sum + 1);
}
