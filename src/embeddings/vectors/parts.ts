// What word vectors are made of, wherever they come from: training, a file, another program.

/** Words and their rows of numbers. */
export interface VectorParts {
	/** The words in the order of their rows, each once. */
	readonly words: readonly string[];
	/** Numbers of a row. */
	readonly width: number;
	/** The rows, one after the other: in one array, or in several that hold whole rows each. They are copied, so that they can be changed afterwards. */
	readonly rows: Float32Array | readonly Float32Array[];
	/** How often each word was seen in training, where that is known. */
	readonly counts?: Uint32Array | Float64Array;
	/** The vector of a word that has no row, as FastText makes it of the word's n-grams; undefined where it has none. */
	readonly unseen?: (word: string) => Float32Array | undefined;
}
