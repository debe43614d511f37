// A trained network as an ONNX file.
import { emit, type Tensor, writeOnnx } from '../../graph/index.js';
import { namedParameters, prediction } from '../../nn/index.js';
import { inputValues, type Trainable } from '../step/trainable.js';
import type { Weights } from '../step/weights.js';

/** The model with its weights inside, as an ONNX file: from the inputs that prediction needs to the outputs. */
export function exportModel(model: Trainable, weights: Weights): Uint8Array {
	const inputs = inputValues(model);
	const initializers = Object.fromEntries(
		[...namedParameters(model.parameters)].map(([name, value]) => {
			const data: Tensor = { dtype: 'float32', shape: value.shape, data: weights[name]! };
			return [name, { value, data }];
		}),
	);
	return writeOnnx(emit({ inputs, outputs: model.apply(inputs, prediction), initializers }));
}
