// What says something of documents: a model, or several as one.
import type { Documents, Source, With } from '../../stream/index.js';
import type { Common } from './model.js';
import type { ModelConfig } from './model-config.js';
import type { AnyTask, DocOf, Head, MeasuredOf, SaidOf } from './task.js';

/** What a model and an ensemble have in common: all that `pipe`, `predict` and `evaluate` need. */
export interface Predictor<T extends AnyTask = AnyTask> {
	<D extends object>(docs: Source<D>): Documents<With<D, SaidOf<T> & Common>>;
	readonly config: Pick<ModelConfig, 'task' | 'name' | 'head'>;
	readonly task: T;
	/** What the task makes of its results: how evaluations add up, too. */
	readonly head: Head<DocOf<T>, SaidOf<T>, MeasuredOf<T>>;
	/** The classes of a task that has some, in the order of its numbers. */
	readonly labels: readonly string[];
	/** Set where its folder holds a later run that has not come to its end. */
	readonly notice?: string;
	predict(texts: readonly string[]): Promise<({ readonly text: string } & SaidOf<T> & Common)[]>;
	predict<D extends object>(docs: readonly D[]): Promise<With<D, SaidOf<T> & Common>[]>;
	close(): Promise<void>;
}
