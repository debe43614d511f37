// The two halves of a step, joined in one graph or run one after the other: the gradients of the losses, and the update of the weights by them.
import { input, ops, type Parameter, scalar, type Value } from '../../graph/index.js';
import type { Clock, Optimizer, Update } from '../../optim/index.js';
import type { Losses } from './model.js';
import { slotName } from './names.js';
import type { PlannedParameter } from './parameter-plan.js';

/** A tensor that goes round from step to step: a weight, one of the optimizer's slots, or a state that a model carries. */
export interface StateValue {
	/** The name of the graph's input; its output is `next.` this name. */
	readonly name: string;
	readonly value: Value;
	readonly next: Value;
}

/** What the sum of each loss counts in a step of one batch: 1 / its weight, and 0 where nothing counts. */
export function meanScales(losses: Losses): Record<string, Value> {
	return Object.fromEntries(
		Object.entries(losses).map(([name, { weight }]) => {
			const none = ops.equal(weight, 0);
			const zero = scalar(0, weight.dtype);
			return [name, ops.where(none, zero, ops.reciprocal(ops.where(none, scalar(1, weight.dtype), weight)))];
		}),
	);
}

/** Gradients by name, 0 in a frozen row. A parameter that no loss depends on has none: it never learns, which is worth a warning. */
export function gradientsByName(
	named: readonly (readonly [string, Value | Parameter])[],
	gradients: readonly (Value | undefined)[],
): ReadonlyMap<string, Value> {
	const unused = named.flatMap(([name], place) => (gradients[place] ? [] : [name]));
	if (unused.length > 0) {
		process.emitWarning(
			`trainingGraph: expected the loss to depend on every parameter, got none on ${unused.join(', ')}. They keep their first values; take them out of the model.`,
			'UnusedParameter',
		);
	}
	return new Map(
		named.flatMap(([name, value], place) => {
			const gradient = gradients[place];
			return gradient ? [[name, 'frozenRow' in value ? withoutRow(gradient, value.frozenRow) : gradient] as const] : [];
		}),
	);
}

/** The update of all parameters that have gradients: weights and slots, before and after. */
export function update(
	optimizer: Optimizer,
	plan: readonly PlannedParameter[],
	gradients: ReadonlyMap<string, Value>,
	clock: Clock,
): StateValue[] {
	const updates = plan.flatMap(({ name, names, value: parameter }): (Update & { name: string })[] => {
		const gradient = gradients.get(name);
		if (!gradient) return [];
		const state = optimizer.slots.map((slot) => input(slotName(slot.name, name), parameter.dtype, parameter.shape));
		return [{ name, names, parameter, gradient, state, clock }];
	});
	const results = optimizer.update(updates);
	return updates.flatMap(({ name, parameter, state }, place) => {
		const after = results[place]!;
		const slots = state.map((value, slot) => ({ name: value.name!, value, next: after.state[slot]! }));
		return [{ name, value: parameter, next: after.parameter }, ...slots];
	});
}

/** The gradient with one row set to 0. */
function withoutRow(gradient: Value, row: number | undefined): Value {
	if (row === undefined) return gradient;
	const after = ops.pad(ops.slice(gradient, 0, row + 1), 0, row + 1, 0);
	return row === 0 ? after : ops.concat([ops.slice(gradient, 0, 0, row), ops.slice(after, 0, row)], 0);
}
