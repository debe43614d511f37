// The parameters of a model, each once: what it is, all its names, and whether it learns.
import type { Parameter } from '../../graph/index.js';
import { namedParameters, type ParameterTree } from '../../nn/index.js';
import type { Optimizer } from '../../optim/index.js';

/** A parameter in a run. */
export interface PlannedParameter {
	readonly value: Parameter;
	/** The first of its names: files and records call it so. */
	readonly name: string;
	/** All names: a weight that two layers share has several. */
	readonly names: readonly string[];
	/** Whether the optimizer moves it. What does not learn has no gradient, no slots and is no output of a step. */
	readonly learns: boolean;
}

/** The distinct parameters of a tree in its order. Frozen are those that are made so, and those that a group of the optimizer freezes. */
export function parameterPlan(tree: ParameterTree, optimizer?: Pick<Optimizer, 'freezes'>): readonly PlannedParameter[] {
	const names = new Map<Parameter, string[]>();
	for (const [name, value] of namedParameters(tree)) names.set(value, [...(names.get(value) ?? []), name]);
	return [...names].map(([value, names]) => {
		const learns = !value.frozen && !optimizer?.freezes?.(names);
		return { value, name: names[0]!, names, learns };
	});
}
