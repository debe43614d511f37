// Counting the words of a stream: all that the trainers of subwords see of it, so that memory grows with the different words only.
import { detached, documents, type Source } from '../../../stream/index.js';

/** The different words of some texts, in the order in which they came, and how often each came. */
export interface WordCounts {
	readonly words: readonly string[];
	readonly counts: readonly number[];
}

// Half of a surrogate pair is no character: the package encodes it as the replacement character.
const lone = /\p{Surrogate}/gu;

/** Counts what `split` makes of each text. `who` is named in the error for texts without words. */
export async function countWords(
	docs: Source<{ text: string }>,
	split: (text: string) => readonly string[],
	who: string,
): Promise<WordCounts> {
	// Counts stand apart, by place, so that a word already seen costs one look into the Map.
	const places = new Map<string, number>();
	const counts: number[] = [];
	for await (const chunk of documents(docs).chunks()) {
		for (const { text } of chunk) {
			for (const word of split(text.replace(lone, '\ufffd'))) {
				const place = places.get(word);
				if (place === undefined) places.set(detached(word), counts.push(1) - 1);
				else counts[place]!++;
			}
		}
	}
	if (counts.length === 0) {
		throw new RangeError(`${who}: expected documents with words in their text to fit on, got none. Check the source, and its field text.`);
	}
	return { words: [...places.keys()], counts };
}
