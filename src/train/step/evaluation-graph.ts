// The graph that evaluates with the weights of a run as inputs.
import { emit, type Parameter } from '../../graph/index.js';
import { prediction } from '../../nn/index.js';
import { type Lookup, lookups } from './lookups.js';
import { prefixed, rowsName } from './names.js';
import { inputValues, type Trainable } from './trainable.js';

/** Loss and outputs as at prediction, for validation between steps. Tables outside come in as rows where one lookup is their only use here, too. */
export function evaluationGraph(
	model: Trainable,
	parts: {
		named: ReadonlyMap<string, Parameter>;
		learned: ReadonlyMap<string, Parameter>;
		outside: ReadonlyMap<string, Lookup>;
	},
) {
	const inputs = inputValues(model);
	const outputs = model.apply(inputs, prediction);
	if (Object.hasOwn(outputs, 'loss')) {
		throw new TypeError('trainingGraph: expected outputs of other names than loss, got one of that name. Rename it.');
	}
	const results = { loss: model.loss(outputs, inputs), ...outputs };
	const found = parts.outside.size > 0 ? lookups(Object.values(results), parts.learned, inputs) : parts.outside;
	const rows = new Map([...found].flatMap(([name, { rows }]) => (parts.outside.has(name) ? [[name, rows]] : [])));
	const whole = [...parts.named].filter(([name]) => !rows.has(name));
	return emit({ inputs: { ...inputs, ...Object.fromEntries(whole), ...prefixed(rows, rowsName) }, outputs: results });
}
