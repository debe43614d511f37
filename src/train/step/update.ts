// The part of a step's graph that changes the weights: gradients, the optimizer's nodes, and what goes round from step to step.
import { backward, input, ops, type Parameter, type Value } from '../../graph/index.js';
import type { Clock, Optimizer, Update } from '../../optim/index.js';

/** A tensor that goes round from step to step: a weight, or one of the optimizer's slots as `name:slot`. */
export interface StateValue {
	readonly name: string;
	readonly value: Value;
	readonly next: Value;
}

/**
 * The gradients of the loss by name, 0 in a frozen row. A parameter that it does not depend on has none: it never learns, which is worth a
 * warning.
 */
export function gradientsOf(loss: Value, named: readonly (readonly [string, Value | Parameter])[]): ReadonlyMap<string, Value> {
	const gradients = backward(
		loss,
		named.map(([, value]) => value),
	);
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

/** The update of all parameters: weights and slots, before and after; the same ones where there is no gradient. */
export function update(
	optimizer: Optimizer,
	named: readonly (readonly [string, Parameter])[],
	gradients: ReadonlyMap<string, Value>,
	clock: Clock,
): StateValue[] {
	const parts = named.map(([name, parameter]) => {
		const state = optimizer.slots.map((slot) => input(`${name}:${slot}`, parameter.dtype, parameter.shape));
		return { name, parameter, gradient: gradients.get(name), state, clock };
	});
	const updates = parts.flatMap((part): Update[] => (part.gradient ? [{ ...part, gradient: part.gradient }] : []));
	const results = optimizer.update(updates);
	const after = new Map(updates.map(({ name }, place) => [name, results[place]!]));
	return parts.flatMap(({ name, parameter, state }) => {
		const next = after.get(name) ?? { parameter, state };
		const slots = state.map((value, place) => ({ name: value.name!, value, next: next.state[place]! }));
		return [{ name, value: parameter, next: next.parameter }, ...slots];
	});
}

/** The gradient with one row set to 0. */
function withoutRow(gradient: Value, row: number | undefined): Value {
	if (row === undefined) return gradient;
	const after = ops.pad(ops.slice(gradient, 0, row + 1), 0, row + 1, 0);
	return row === 0 ? after : ops.concat([ops.slice(gradient, 0, 0, row), ops.slice(after, 0, row)], 0);
}
