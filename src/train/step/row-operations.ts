// What an optimizer does to the touched rows of the tables outside a graph, as plain data for the worker.
import type { Optimizer } from '../../optim/index.js';
import type { RowOperations } from './host-tables.js';
import type { TrainingGraph } from './training-plan.js';

/** The operations of one step for each table of a graph: `rate` is the step's learning rate, `step` its number from 1. */
export function rowOperations(
	{ tables }: Pick<TrainingGraph, 'tables'>,
	{ updateRows }: Pick<Optimizer, 'updateRows'>,
	{ rate, step }: { rate: number; step: number },
): RowOperations {
	return Object.fromEntries(tables.map(({ name, names }) => [name, updateRows!({ names, rate, step })]));
}
