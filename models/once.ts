// What a network computes for more than one of its results, built once for a batch.
import type { Mode } from 'textloom/nn';
import type { NetworkInputs } from 'textloom/train';

/** Builds the same values for the same inputs: loops would run twice where they are built twice. */
export function once<T>(build: (inputs: NetworkInputs, mode: Mode) => T): (inputs: NetworkInputs, mode: Mode) => T {
	const built = new WeakMap<NetworkInputs, { readonly mode: Mode; readonly value: T }>();
	return (inputs, mode) => {
		const known = built.get(inputs);
		if (known?.mode === mode) return known.value;
		const value = build(inputs, mode);
		built.set(inputs, { mode, value });
		return value;
	};
}
