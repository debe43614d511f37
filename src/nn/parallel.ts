// Parallel branches (Szegedy et al. 2015): results side by side.
import { ops, scope } from '../graph/index.js';
import { type Chain, type Layers, parametersOf } from './sequential.js';

/** Applies every branch to the same input and puts their results side by side along `axis`: channels, by default. */
export function parallel(branches: Layers, { axis = 1 } = {}): Chain {
	const all = Object.entries(branches);
	if (all.length === 0) throw new RangeError('parallel: expected at least one branch, got none. Pass some layers.');
	return {
		parameters: parametersOf(branches),
		apply: (x, mode) =>
			scope('parallel', () =>
				ops.concat(
					all.map(([name, branch]) => scope(name, () => branch.apply(x, mode))),
					axis,
				),
			),
	};
}
