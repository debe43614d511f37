// Counting the words of a stream: all that the trainers of subwords see of it, so that memory grows with the different words only, up to a limit.
import { detached } from '../../../base/index.js';
import type { Tally } from '../../../stream/index.js';

/** The different words of some texts, in the order in which they came, and how often each came. */
export interface WordCounts {
	readonly words: readonly string[];
	readonly counts: readonly number[];
}

/** What was counted: the places of the words in `counts` and in `firsts`, the numbers of the documents that had them first. */
interface Counted {
	// Counts stand apart, by place, so that a word already seen costs one look into the Map.
	places: Map<string, number>;
	counts: number[];
	firsts: number[];
}

// Half of a surrogate pair is no character: the package encodes it as the replacement character.
const lone = /\p{Surrogate}/gu;

/**
 * Counts what `split` makes of each text; of more than `most` words the most frequent. Twice as many are held: when there are more, all but
 * the `most` that were seen most until then are forgotten. What is made of the counts does not depend on who counted which document.
 * `who` is named in the error for texts without words.
 */
export function wordTally<Fitted>(
	trained: (words: WordCounts) => Fitted,
	{ split, who, most }: { split: (text: string) => readonly string[]; who: string; most: number },
): Tally<{ text: string }, Counted, Fitted> {
	const add = ({ places, counts, firsts }: Counted, word: string, count: number, first: number) => {
		const place = places.get(word);
		if (place === undefined) {
			places.set(word, counts.push(count) - 1);
			firsts.push(first);
		} else {
			counts[place]! += count;
			firsts[place] = Math.min(firsts[place]!, first);
		}
	};
	return {
		start: () => ({ places: new Map(), counts: [], firsts: [] }),
		add(part, docs, first = 0) {
			for (const [number, { text }] of docs.entries()) {
				for (const word of split(text.replace(lone, '\ufffd'))) {
					const place = part.places.get(word);
					if (place === undefined) add(part, detached(word), 1, first + number);
					else part.counts[place]!++;
				}
				if (part.counts.length > 2 * most) forget(part, most);
			}
		},
		merge(part, other) {
			for (const [word, place] of other.places) add(part, word, other.counts[place]!, other.firsts[place]!);
			if (part.counts.length > 2 * most) forget(part, most);
		},
		finish(part) {
			if (part.counts.length > most) forget(part, most);
			const { places, counts, firsts } = part;
			if (counts.length === 0) {
				throw new RangeError(
					`${who}: expected documents with words in their text to fit on, got none. Check the source, and its field text.`,
				);
			}
			// Words of one document were counted in one place: their own order is that of the Map.
			const ordered = [...places].sort(([, a], [, b]) => firsts[a]! - firsts[b]!);
			return trained({ words: ordered.map(([word]) => word), counts: ordered.map(([, place]) => counts[place]!) });
		},
	};
}

/** Keeps the words that were seen most; of equally frequent ones those that came first. */
function forget(part: Counted, most: number): void {
	const { counts, firsts } = part;
	const kept = [...part.places].sort(([, a], [, b]) => counts[b]! - counts[a]! || firsts[a]! - firsts[b]!).slice(0, most);
	part.counts = kept.map(([, place]) => counts[place]!);
	part.firsts = kept.map(([, place]) => firsts[place]!);
	part.places = new Map(kept.map(([word], place) => [word, place]));
}
