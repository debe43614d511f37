// How far a sequence has come with what it must hold: ConstraintListState of transformers 4, for sequences of tokens that must stand together.

/** How far a sequence has come. */
export interface Progress {
	/** How much it has: what is complete, and the part of what it is in the middle of, each in tokens of the longest. */
	readonly bank: number;
	readonly isComplete: boolean;
	/** The tokens that bring it on. */
	readonly next: readonly number[];
}

/** The progress of tokens, the first to come first; a sequence of tokens that breaks off begins anew. */
export function progressOf(words: readonly (readonly number[])[], tokens: readonly number[]): Progress {
	const longest = Math.max(...words.map(({ length }) => length));
	let waiting = [...words];
	let current: { readonly word: readonly number[]; readonly done: number } | undefined;
	let complete = 0;
	for (const token of tokens) {
		if (complete === words.length) break;
		if (current && current.word[current.done] !== token) {
			waiting.push(current.word);
			current = undefined;
			// The token that broke it is not looked at again.
			continue;
		}
		if (!current) {
			const found = waiting.find(([first]) => first === token);
			if (!found) continue;
			waiting = waiting.filter((word) => word !== found);
			current = { word: found, done: 0 };
		}
		current = { word: current.word, done: current.done + 1 };
		if (current.done < current.word.length) continue;
		complete++;
		current = undefined;
	}
	return {
		bank: complete * longest + (current ? longest - (current.word.length - current.done) : 0),
		isComplete: complete === words.length,
		next: current ? [current.word[current.done]!] : waiting.map(([first]) => first!),
	};
}
