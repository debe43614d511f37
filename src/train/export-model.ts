// A trained network as an ONNX file.
import { emit, input, type Tensor, writeOnnx } from '../graph/index.js';
import { namedParameters, prediction } from '../nn/index.js';
import type { Network } from './architecture.js';
import type { State } from './stepper.js';

/** The network with its weights inside, as an ONNX file: `ids` and `lengths` to `logits`. */
export function exportModel(network: Network, weights: State): Uint8Array {
	const inputs = { ids: input('ids', 'int32', ['batch', 'time']), lengths: input('lengths', 'int32', ['batch']) };
	const logits = network.apply(inputs, prediction);
	const initializers = Object.fromEntries(
		[...namedParameters(network.parameters)].map(([name, value]) => {
			const data: Tensor = { dtype: 'float32', shape: value.shape, data: weights[name]! };
			return [name, { value, data }];
		}),
	);
	return writeOnnx(emit({ inputs, outputs: { logits }, initializers }));
}
