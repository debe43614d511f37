// The check of an update: one clear line where what an optimizer is given, or gives, is not what its contract says.

import { argumentOf, is, type Kind } from '../base/index.js';
import { isValue, showShape, type Value } from '../graph/index.js';
import type { Optimizer, Update, Updated } from './optimizer.js';

const graphValue: Kind = { expected: 'a value of a graph', fits: isValue };
const clock: Kind = {
	expected: 'the rate and the step, values of a graph',
	fits: (value) => is.object.fits(value) && isValue((value as Update['clock']).rate) && isValue((value as Update['clock']).step),
};

/** What an optimizer makes of updates, both checked. Throws a TypeError or RangeError that names the optimizer and the parameter. */
export function checkedUpdate(
	{ spec, slots, update }: Pick<Optimizer, 'spec' | 'slots' | 'update'>,
	updates: readonly Update[],
): readonly Updated[] {
	const who = spec.optimizer;
	argumentOf(who, 'updates', updates, is.list({ expected: 'the update of a parameter', fits: is.object.fits }));
	for (const each of updates) checkGiven(who, slots, each);
	const results = update(updates);
	if (!Array.isArray(results) || results.length !== updates.length) {
		const got = Array.isArray(results) ? results.length : String(results);
		throw new TypeError(`${who}: expected its update to give ${updates.length} results, got ${got}. Return one for each parameter.`);
	}
	for (const [place, result] of results.entries()) checkResult(who, updates[place]!, result);
	return results;
}

function checkGiven(who: string, slots: Optimizer['slots'], { names, parameter, gradient, state, clock: given }: Update): void {
	argumentOf(who, 'names', names, is.names);
	for (const [name, value] of Object.entries({ parameter, gradient })) argumentOf(who, `${name} of ${names.join(', ')}`, value, graphValue);
	argumentOf(who, `clock of ${names.join(', ')}`, given, clock);
	const listed = slots.map(({ name }) => name).join(', ');
	if (!Array.isArray(state) || state.length !== slots.length) {
		const got = Array.isArray(state) ? state.length : 'nothing';
		const expected = `${slots.length} tensors of state for ${names.join(', ')}${listed && ` (${listed})`}`;
		throw new TypeError(`${who}: expected ${expected}, got ${got}. Pass one for each of its slots.`);
	}
	for (const [place, value] of state.entries()) argumentOf(who, `${slots[place]!.name} of ${names.join(', ')}`, value, like(parameter));
}

function checkResult(who: string, { names, parameter, state }: Update, result: Updated): void {
	const after = [result?.parameter, ...(Array.isArray(result?.state) ? result.state : [])];
	const before = [parameter, ...state];
	if (after.length !== before.length || after.some((value) => !like(parameter).fits(value))) {
		const got = after.map((value) => (isValue(value) ? `${value.dtype} ${showShape(value.shape)}` : 'nothing')).join(', ');
		throw new TypeError(
			`${who}: expected its update of ${names.join(', ')} to give the parameter and ${state.length} tensors of state, each ${like(parameter).expected}, got ${got}. Return { parameter, state }.`,
		);
	}
}

/** Values of a parameter's dtype and shape. A size that is not known before the graph runs may be the right one. */
function like({ dtype, shape }: Value): Kind {
	return {
		expected: `${dtype} ${showShape(shape)}`,
		fits: (value) =>
			isValue(value) &&
			value.dtype === dtype &&
			value.shape.length === shape.length &&
			value.shape.every((size, axis) => typeof size !== 'number' || size === shape[axis]),
	};
}
