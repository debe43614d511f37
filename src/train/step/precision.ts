// In which types of numbers a run computes: a policy beside the model, which is written in float32.
import { is, type Kinds, optionsOf } from '../../base/index.js';

/** The policy. */
export interface Precision {
	/** The type of weights, slots, and of all that is computed unless `compute` says otherwise. Default float32; float64 is for tests. */
	readonly parameters?: 'float32' | 'float64';
	/**
	 * What a model computes with between its weights and its outputs, forward and backward. Default: that of the parameters. With float16 weights
	 * stay float32, and losses are float32, too.
	 */
	readonly compute?: 'float16';
	/**
	 * By what losses are multiplied before differentiation, so that small gradients are not lost in float16; gradients are divided by it again. A step
	 * whose gradients are not finite changes nothing. `dynamic` begins with 2¹⁶, halves it then, and doubles it after 2,000 good steps in a row
	 * (Micikevicius et al. 2018, §3.2). Default: none.
	 */
	readonly lossScale?: number | 'dynamic';
}

const kinds: Kinds<Precision> = {
	parameters: is.one('float32', 'float64'),
	compute: is.one('float16'),
	lossScale: is.either(is.positive, is.one('dynamic')),
};

/** The policy, checked. */
export function precisionOf(given: Precision = {}): Precision & { readonly parameters: 'float32' | 'float64' } {
	const { parameters = 'float32', ...rest } = optionsOf('precision', given, kinds);
	if (parameters === 'float64' && rest.compute) {
		throw new TypeError('precision: expected float32 parameters beside compute: float16, got float64. Leave one of them out.');
	}
	return { parameters, ...rest };
}
