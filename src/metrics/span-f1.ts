// F1 of spans: names, phrases, words that a tagger marks count where type, first and last token are right (Tjong Kim Sang and Buchholz 2000).
import { is, type Kinds, optionsOf } from '../base/index.js';
import { averages, type ClassCounts, Counting } from './averages.js';
import type { MeasuredBatch, Metric } from './metric.js';
import { type ClassMetricOptions, classKinds, eachPrediction, named } from './predicted.js';
import { type Span, spansOf } from './spans.js';

/** What the classes are, which tokens count, and how the types' scores become one. */
export interface SpanF1Options extends ClassMetricOptions {
	/** The tags by class number: `O`, and `B-PER`, `I-PER` and so on; `E-` and `S-` may mark last and single tokens. */
	readonly tags: readonly string[];
	/** The input that says how many tokens of each text count, `[batch]`. By default all but those whose target is `ignore`. */
	readonly lengths?: string | undefined;
	/** `micro` counts the spans of all types together (default), `macro` is the mean over types, `weighted` that by how many spans are true. */
	readonly average?: keyof typeof averages | undefined;
}

const tagKind = {
	expected: 'an array of tags such as O, B-PER and I-PER',
	fits: (value: unknown) =>
		Array.isArray(value) && value.length > 0 && value.every((tag) => typeof tag === 'string' && /^(O|[BIES](-.+)?)$/.test(tag)),
	needed: true,
	next: 'Pass the tag of each class in order.',
};
const kinds: Kinds<SpanF1Options> = { ...classKinds, tags: tagKind, lengths: is.name, average: is.one(...Object.keys(averages)) };

/**
 * The F1 of spans, equal to seqeval and, but for percent, to the script conlleval. 0 where there are none. Tokens that are ignored are taken out:
 * what is before and after them then stands together, as the first pieces of words do where other pieces are ignored.
 *
 * @example
 * metrics: { f1: spanF1({ tags: ['O', 'B-PER', 'I-PER'], lengths: 'lengths' }) }
 */
export function spanF1(options: SpanF1Options): Metric<ClassCounts> {
	const { tags, lengths, average = 'micro', ...read } = optionsOf('spanF1', options, kinds);
	return {
		start: () => new Map(),
		add(state, batch) {
			const counting = new Counting(state);
			for (const { predicted, actual } of textsOf(batch, { tags, lengths, ...read })) {
				const found = new Set(spansOf(predicted).map(keyOf));
				for (const { type } of spansOf(predicted)) counting.add('predicted', type);
				for (const span of spansOf(actual)) {
					counting.add('actual', span.type);
					if (found.has(keyOf(span))) counting.add('hits', span.type);
				}
			}
			return counting.classes;
		},
		result: averages[average],
	};
}

const keyOf = ({ type, begin, end }: Span) => `${begin} ${end} ${type}`;

/** The tags of each text that count. */
function textsOf(batch: MeasuredBatch, { tags, lengths, targets = 'targets', ...read }: Omit<SpanF1Options, 'average'>) {
	const { shape } = named('spanF1', 'an input', targets, batch.inputs);
	if (shape.length !== 2)
		throw new RangeError(`spanF1: expected ${targets} of batch×time, got ${shape.join('×') || 'scalar'}. Name the tags of texts.`);
	const [count, time] = shape as [number, number];
	const ends = lengths === undefined ? undefined : named('spanF1', 'an input', lengths, batch.inputs).data;
	if (ends && ends.length !== count)
		throw new RangeError(`spanF1: expected ${lengths} to be of ${count} texts, got ${ends.length}. Name the lengths of texts.`);
	const texts = Array.from({ length: count }, () => ({ predicted: [] as string[], actual: [] as string[] }));
	eachPrediction('spanF1', batch, { targets, ...read }, (prediction, target, place) => {
		const row = Math.floor(place / time);
		if (ends && place % time >= Number(ends[row])) return;
		texts[row]!.predicted.push(tagOf(tags, prediction));
		texts[row]!.actual.push(tagOf(tags, target));
	});
	return texts;
}

function tagOf(tags: readonly string[], number: number): string {
	const tag = tags[number];
	if (tag === undefined)
		throw new RangeError(`spanF1: expected classes in 0 … ${tags.length - 1}, got ${number}. Pass a tag for each class.`);
	return tag;
}
