// Token classification: one tag for each token, as for parts of speech or names.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { accuracy } from '../../metrics/index.js';
import { crossEntropy } from '../../nn/index.js';
import { largest, softmaxRow } from '../fit/validate.js';
import type { Task } from '../task/task.js';
import {
	type Classes,
	type ClassReport,
	type ClassWeights,
	classesIn,
	labelFacts,
	learnClasses,
	numberOf,
	reportOf,
	square,
	weightsOf,
} from './classes.js';

/** How tags are learned. */
export interface TokenClassificationOptions {
	/** How much the tokens of each tag count. Default: 1 each. */
	readonly weights?: ClassWeights;
	/** The share of each answer that is spread over all tags. Default 0. */
	readonly smoothing?: number;
}

/** What a tagger says of a document. */
export interface Tagging {
	/** A tag for each token that the model read: documents that were cut have fewer. */
	readonly tags: readonly string[];
	/** The probability of each of these tags. */
	readonly scores: readonly number[];
}

/** What an evaluation comes to. */
export interface TaggingMeasures {
	/** The share of tokens that are tagged right; tokens beyond the model's length count as wrong. */
	readonly accuracy: number;
	readonly tokens: number;
	/** The share of documents whose tags are all right. */
	readonly documentAccuracy: number;
	/** `[tag][prediction]` counts of tokens, in the order of `labels`. */
	readonly confusion: readonly (readonly number[])[];
	readonly labels: readonly string[];
	readonly classes: Readonly<Record<string, ClassReport>>;
}

type Doc = { readonly tokens: readonly string[]; readonly tags: readonly string[] };

const name = 'token-classification';
/** What fills up tags: padding counts nothing. */
const ignored = -100;
const kinds: Kinds<TokenClassificationOptions> = { weights: is.either(is.one('balanced'), is.object), smoothing: is.share };

/** The task that `tokenClassification` makes. */
export type TokenClassification = ReturnType<typeof tokenClassification>;

/** The task of tagging tokens: documents have `tokens` and as many `tags`. */
export function tokenClassification(given: TokenClassificationOptions = {}): Task<Doc, Tagging, TaggingMeasures> {
	const { weights, smoothing = 0 } = optionsOf('tokenClassification', given, kinds);
	return {
		name,
		options: { smoothing, ...(weights !== undefined && { weights }) },
		each: 'token',
		needs: { tokens: 'texts', tags: 'texts' },
		learn: learnClasses<Doc>(name, ({ tags }) => tags),
		head(learned) {
			const classes: Classes = classesIn(name, learned);
			const { names } = classes;
			const numbers = numberOf(name, classes);
			const each = weightsOf('tokenClassification', classes, weights);
			return {
				outputs: names.length,
				inputs: { targets: { dtype: 'int32', shape: ['batch', 'time'] } },
				padding: { targets: ignored },
				answer({ tokens, tags }) {
					if (tags.length !== tokens.length) {
						throw new RangeError(`${name}: expected a tag for each of ${tokens.length} tokens, got ${tags.length}. Correct the document.`);
					}
					return { targets: { data: Int32Array.from(tags, numbers), shape: [tags.length] } };
				},
				loss: (logits, { targets }) => crossEntropy(logits, targets!, { ignore: ignored, smoothing, ...(each && { weights: each }) }),
				metrics: { accuracy: accuracy({ ignore: ignored }) },
				monitor: ['accuracy'],
				probabilities: 'softmax',
				config: labelFacts(classes),
				say({ data, shape }) {
					const rows = Array.from({ length: shape[0]! }, (_, token) =>
						(data as Float32Array).subarray(token * names.length, (token + 1) * names.length),
					);
					const best = rows.map(largest);
					return { tags: best.map((tag) => names[tag]!), scores: rows.map((row, token) => softmaxRow(row)[best[token]!]!) };
				},
				measure: {
					start: () => ({ confusion: square(names.length), tokens: 0, documents: 0, whole: 0 }),
					add(state: { confusion: number[][]; tokens: number; documents: number; whole: number }, { tags }, said) {
						for (const [token, tag] of tags.entries()) {
							const found = said.tags[token];
							if (found !== undefined) state.confusion[numbers(tag)]![numbers(found)]!++;
						}
						state.tokens += tags.length;
						state.documents++;
						if (tags.every((tag, token) => said.tags[token] === tag)) state.whole++;
					},
					result({ confusion, tokens, documents, whole }: { confusion: number[][]; tokens: number; documents: number; whole: number }) {
						const right = confusion.reduce((sum, row, place) => sum + row[place]!, 0);
						return {
							accuracy: right / tokens,
							tokens,
							documentAccuracy: whole / documents,
							confusion,
							labels: names,
							classes: reportOf(names, confusion),
						};
					},
					right: ({ tags }, said) => tags.every((tag, token) => said.tags[token] === tag),
				},
			};
		},
	};
}
