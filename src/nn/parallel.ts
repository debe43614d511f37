// Parallel branches (Szegedy et al. 2015): results side by side.

import { optionsOf } from '../base/index.js';
import { ops, scope } from '../graph/index.js';
import type { Layer } from './layer.js';
import { type JoinOptions, joinKinds, type Layers, namedLayers, parametersOf } from './layers.js';

/** Applies every branch to the same input and puts their results side by side. */
export function parallel(branches: Layers, options: JoinOptions = {}): Layer {
	const { axis = 1 } = optionsOf('parallel', options, joinKinds);
	const all = namedLayers('parallel', branches);
	if (all.length === 0) throw new RangeError('parallel: expected at least one branch, got none. Pass some layers.');
	return {
		parameters: parametersOf(all),
		apply: (x, mode) =>
			scope('parallel', () =>
				ops.concat(
					all.map(([name, branch]) => scope(name, () => branch.apply(x, mode))),
					axis,
				),
			),
	};
}
