// What the results of the README are of: pipelines that the command line trains by name, and ensembles of their runs.

/** One result: a pipeline, or the vote of several. */
export interface Case {
	readonly name: string;
	/** What it is, for the table. */
	readonly model: string;
	readonly corpus: string;
	/** What others have, for the table. */
	readonly beside?: string;
	/** The least accuracy that it must have. */
	readonly goal?: number;
	/** Pipelines whose runs vote, by the mean of their probabilities. */
	readonly vote?: readonly string[];
}

const zhang = 'AG News (13,420 of its rows)';

/** All results, in the order of the table. */
export const cases: readonly Case[] = [{ name: 'ag-news', model: 'word CNN', corpus: zhang, goal: 0.885 }];
