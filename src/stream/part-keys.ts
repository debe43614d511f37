// Which stages are the same: those of textloom's own by their options, others, and what was learned, by themselves alone.
import { canonical } from '../base/index.js';
import { isOwn, type Spec } from './spec.js';

/** Makes a function from the spec of a stage or learner to a text, the same for those that do the same. */
export function partKeys(who: string): (spec: Spec) => string {
	const numbers = new WeakMap<Spec, number>();
	let count = 0;
	return (spec) => {
		if (isOwn(spec) && spec.state === undefined) return canonical([spec.stage, spec.options], who);
		if (!numbers.has(spec)) numbers.set(spec, count++);
		return String(numbers.get(spec));
	};
}
