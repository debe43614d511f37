// The graph that evaluates with the weights of a run as inputs.
import type { Value } from '../../graph/index.js';
import { prediction } from '../../nn/index.js';
import { type Lookup, lookups } from './lookups.js';
import { applied, inputValues, lossesOf, stateValues, type Trainable } from './model.js';
import { lossName, nextName, prefixed, rowsName, weightName } from './names.js';
import type { PlannedParameter } from './parameter-plan.js';

/** Losses, outputs and states as at prediction. Tables outside come in as rows where one lookup is their only use here, too. */
export function evaluationProgram(
	model: Trainable,
	{ plan, outside }: { plan: readonly PlannedParameter[]; outside: ReadonlyMap<string, Lookup> },
) {
	const batch = inputValues(model);
	const states = stateValues(model);
	const { outputs, next } = applied(model, { batch, states }, prediction);
	const losses = Object.entries(lossesOf(model, outputs, batch));
	const results: Record<string, Value> = {
		...prefixed(
			losses.map(([name, { sum }]) => [name, sum] as const),
			lossName,
		),
		...prefixed(
			losses.map(([name, { weight }]) => [name, weight] as const),
			weightName,
		),
		...prefixed(Object.entries(next), nextName),
	};
	const taken = Object.keys(outputs).find((name) => Object.hasOwn(results, name));
	if (taken !== undefined)
		throw new TypeError(`trainingGraph: expected outputs of other names than ${taken}, got one of that name. Rename it.`);
	Object.assign(results, outputs);
	const found = outside.size > 0 ? lookups(Object.values(results), plan, batch) : outside;
	const rows = new Map([...found].flatMap(([name, { rows }]) => (outside.has(name) ? [[name, rows] as const] : [])));
	const whole = plan.flatMap(({ name, value }) => (rows.has(name) ? [] : [[name, value] as const]));
	return { inputs: { ...batch, ...states, ...Object.fromEntries(whole), ...prefixed(rows, rowsName) }, outputs: results };
}
