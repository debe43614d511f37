// The options of TextRank, with all defaults written out.

/** The weight of the edge between two words; none where it is not above 0. */
export type WordSimilarity = (a: string, b: string) => number;

/** What the variants of TextRank work by. */
export interface Plan {
	readonly window: number;
	readonly damping: number;
	readonly tolerance: number;
	readonly iterations: number;
	/** How many of the words become keywords before they are merged, as a share of them. */
	readonly ratio: number;
	readonly stopwords: ReadonlySet<string>;
	/** Undefined for any tag. */
	readonly tags: ReadonlySet<string | null> | undefined;
	readonly merge: boolean;
	readonly stem: (word: string) => string;
	readonly similarity: WordSimilarity | undefined;
}
