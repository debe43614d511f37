// What an optimizer does to what lies outside a graph, tables and parameters, as plain data for the worker.
import type { Optimizer } from '../../optim/index.js';
import type { RowOperations } from './host-tables.js';
import type { TrainingGraph } from './training-plan.js';

/** The operations of one step for what a graph has outside: tables, and parameters that are updated in host memory. `rate` is the step's learning rate, `step` its number from 1. */
export function rowOperations(
	{ tables, parameters, updates }: Pick<TrainingGraph, 'tables' | 'parameters' | 'updates'>,
	{ updateRows }: Pick<Optimizer, 'updateRows'>,
	{ rate, step }: { rate: number; step: number },
): RowOperations {
	const outside = [...tables, ...(updates === 'host' ? parameters : [])];
	// As the graph has it, so that both ways give the same bits.
	const asFed = Math.fround(rate);
	return Object.fromEntries(outside.map(({ name, names }) => [name, updateRows!({ names, rate: asFed, step })]));
}
