// Word vectors as what a stage learned: its words, and the rows where they lie.
import type { State } from '../../stream/index.js';
import type { VectorParts } from '../vectors/parts.js';
import { storedOf, type WordVectors, wordVectors } from '../vectors/word-vectors.js';

/** The state of a stage with these vectors. What makes vectors of words without a row is a function, which cannot be saved: whoever saves it is told so. */
export function stateOf(vectors: WordVectors): State {
	const { words, rows, counts, unseen } = storedOf(vectors);
	const { width } = rows;
	return {
		...{ words, width, rows: rows.chunks.map(({ buffer, count }) => new Float32Array(buffer, 0, count * width)) },
		...(counts && { counts }),
		...(unseen && { 'subwords (take vectors.forWords(words) to have rows of them)': unseen as unknown as State }),
	};
}

/** The vectors of a state. */
export function vectorsOf(who: string, state: State | undefined): WordVectors {
	const { words, width, rows, counts } = (state ?? {}) as Partial<VectorParts>;
	if (!words || !rows || !width) {
		throw new TypeError(
			`${who}: expected a state { words, width, rows }, got ${JSON.stringify(state)?.slice(0, 80)}. Save the pipeline again.`,
		);
	}
	return wordVectors({ words, width, rows, ...(counts && { counts }) });
}
