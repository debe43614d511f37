// AdaGrad (Duchi, Hazan and Singer 2011), equal to torch.optim.Adagrad, for rows of a table too.
import { ops, scope } from '../graph/index.js';
import type { Optimizer } from './optimizer.js';
import { penalize, penalizeRows } from './penalty.js';
import { checkRanges } from './ranges.js';
import { eachRow, rowRule } from './rows.js';

const { add, cast, div, mul, sqrt, sub } = ops;

/**
 * AdaGrad: θ ← θ − rate/(1 + (t − 1) · rateDecay) · g/(√(accumulator + Σg²) + ε). `accumulator` is what the sum begins with.
 * `weightDecay` adds weightDecay · θ to the gradient. Rows of a table that a batch does not touch stay as they are: their gradient is 0.
 */
export function adagrad({ rate = 1e-2, rateDecay = 0, weightDecay = 0, accumulator = 0, epsilon = 1e-10 } = {}): Optimizer {
	checkRanges('adagrad', {
		rate: [rate, 0, Infinity],
		rateDecay: [rateDecay, 0, Infinity],
		weightDecay: [weightDecay, 0, Infinity],
		accumulator: [accumulator, 0, Infinity],
		epsilon: [epsilon, 0, 1],
	});
	const rule = rowRule(
		'adagrad',
		({ rate, step }) => [rate / (1 + (step - 1) * rateDecay), accumulator, epsilon],
		({ table, state: [sum], gradient, ids, width }, rate, accumulator, epsilon) =>
			eachRow({ ids, width }, (to, from) => {
				for (let i = 0; i < width; i++) {
					const g = gradient[from + i]!;
					const next = sum![to + i]! + g * g;
					sum![to + i] = next;
					table[to + i]! -= (rate! * g) / (Math.sqrt(next + accumulator!) + epsilon!);
				}
			}),
	);
	return {
		spec: { optimizer: 'adagrad', options: { rate, rateDecay, weightDecay, accumulator, epsilon } },
		rate,
		rateAt: () => rate,
		slots: ['sum'],
		update: (updates) =>
			scope('adagrad', () =>
				updates.map((update) => {
					const { parameter, gradient, state, clock } = penalize(update, { l2: weightDecay });
					const sum = add(state[0]!, mul(gradient, gradient));
					const decay = add(mul(cast(sub(clock.step, 1), 'float32'), rateDecay), 1);
					const rate = rateDecay === 0 ? clock.rate : div(clock.rate, decay);
					const scale = add(sqrt(accumulator === 0 ? sum : add(sum, accumulator)), epsilon);
					return { parameter: sub(parameter, div(mul(gradient, rate), scale)), state: [sum] };
				}),
			),
		updateRows: (rows) => rule(penalizeRows(rows, { l2: weightDecay })),
	};
}
