// What classifiers make of the steps of a text, by name: steps [batch, time, width] and the last state [batch, width] to [batch, width].
import { ops, scope, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';

const { matMul, max, squeeze, tanh, transpose } = ops;

/** The names of poolings, for tables of options. */
export const stepPoolings = ['last', 'max', 'mean', 'attention'] as const;

/** The last state (of each direction its own), the largest or the mean of each number over the steps, or a mean whose weights are learned. */
export type StepPooling = (typeof stepPoolings)[number];

/** The steps of texts; beyond a text's end they are 0. */
export interface Steps {
	readonly steps: Value;
	readonly last: Value;
	/** int32 `[batch]`. Of a text without words, the first step counts. */
	readonly lengths: Value;
}

/** A pooling with its parameters; where it weighs steps, their shares `[batch, time]`. */
export interface PooledSteps {
	readonly parameters: nn.ParameterTree;
	readonly apply: (steps: Steps) => Value;
	readonly shares?: (steps: Steps) => Value;
}

/** The pooling of steps of a width. */
export function poolSteps(pooling: StepPooling, width: number): PooledSteps {
	return pooling === 'attention' ? attentive(width) : { parameters: {}, apply: plain[pooling] };
}

const plain: Readonly<Record<Exclude<StepPooling, 'attention'>, (steps: Steps) => Value>> = {
	last: ({ last }) => last,
	max: ({ steps, lengths }) => nn.maxOverTime().apply(steps, max(lengths, 1)),
	mean: ({ steps, lengths }) => nn.meanOverTime().apply(steps, lengths),
};

/** α = softmax(vᵀ tanh(W h + b)) over the steps h, and Σ α h (Z. Yang et al., Hierarchical Attention Networks, 2016, equations 5 to 7). */
function attentive(width: number): PooledSteps {
	const hidden = nn.linear({ in: width, out: width });
	const score = nn.linear({ in: width, out: 1, bias: false });
	/** `[batch, 1, time]`. */
	const weights = ({ steps, lengths }: Steps) => {
		const scores = transpose(score.apply(tanh(hidden.apply(steps))), [0, 2, 1]);
		return nn.maskedSoftmax(scores, nn.attentionBias(steps, steps, { lengths: max(lengths, 1) }));
	};
	return {
		parameters: { hidden: hidden.parameters, score: score.parameters },
		apply: (states) => scope('attention', () => squeeze(matMul(weights(states), states.steps), [1])),
		shares: (states) => scope('attention', () => squeeze(weights(states), [1])),
	};
}
