// A row of the results of a search.
import type { Settings } from './settings.js';

/** How good some settings are. */
export interface SearchRow<S extends Settings = Settings> {
	readonly settings: S;
	/** The score of each fold. */
	readonly scores: readonly number[];
	/** Their mean. */
	readonly mean: number;
	/** Their standard deviation, divided by their number. */
	readonly deviation: number;
	/** 1 for the largest mean; equal means have one rank. */
	readonly rank: number;
	/** To learn and to predict, all folds together; what other settings had already is not counted again. */
	readonly seconds: number;
}
