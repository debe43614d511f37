// What a search takes, and what it tells as it goes.
import { is } from '../../base/index.js';
import type { Revivers } from '../../stages/index.js';
import { type EvaluateOptions, evaluateKinds, type Pipeline } from '../evaluate/options.js';
import type { Settings } from './settings.js';

/** What is searched: a declared chain whose options settings name by `stage.option`, or a function from settings to a pipeline. */
export type Searched<S extends Settings = Settings> = Pipeline | ((settings: S) => Pipeline);

/** A result of a search, as it comes. */
export interface SearchProgress<S extends Settings = Settings> {
	/** Results that there are, those of an earlier run among them. */
	readonly done: number;
	/** Results that there will be: settings times folds. */
	readonly total: number;
	readonly settings: S;
	/** From 0. */
	readonly fold: number;
	readonly score: number;
	readonly seconds: number;
}

/** How a search is done. */
export interface SearchOptions<D, S extends Settings = Settings> extends EvaluateOptions<D> {
	/**
	 * Where results are kept, in `results.jsonl`, a line each: a search of the same documents, folds and stages goes on with what is missing. Functions of
	 * your own are known by the name and options of the stage: choose another folder when what they do has changed. Default: nowhere.
	 */
	readonly folder?: string;
	/** How stages of your own are made of their options, by name, where settings change these. */
	readonly stages?: Revivers;
	/** Called with each result. May throw to end the search. */
	readonly onProgress?: (progress: SearchProgress<S>) => void;
}

/** How settings are searched that are given one by one. */
export interface ListSearchOptions<D, S extends Settings> extends SearchOptions<D, S> {
	readonly settings: readonly S[];
}

/** The kinds of these options. */
export const searchKinds = { ...evaluateKinds, folder: is.name, stages: is.object, onProgress: is.function };
