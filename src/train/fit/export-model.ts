// A trained network as an ONNX file.
import { emit, type OnnxModel, type Value, writeOnnx } from '../../graph/index.js';
import { prediction } from '../../nn/index.js';
import { applied, checkModel, inputValues, type ModelProgram, stateValues, type Trainable } from '../step/model.js';
import { nextName } from '../step/names.js';
import { parameterPlan } from '../step/parameter-plan.js';
import { type Weights, weightsFor } from '../step/weights.js';

/**
 * A model with its weights inside, ready for `writeOnnx` or `writeOnnxFile`: from the inputs that prediction needs to the outputs. A state that
 * the model carries is an input of its name, and an output `next.` its name. With the name of one of its programs: that program.
 */
export function modelGraph(model: Trainable, weights: Weights, program?: string): OnnxModel {
	checkModel('exportModel', model);
	const found = weightsFor(model, weights, 'exportModel');
	const initializers = Object.fromEntries(parameterPlan(model.parameters).map(({ name, value }) => [name, { value, data: found[name]! }]));
	return emit({ ...(program === undefined ? whole(model) : part(model, program)), initializers });
}

/** The bytes of an ONNX file of the model, or of one of its programs. */
export function exportModel(model: Trainable, weights: Weights, program?: string): Uint8Array {
	return writeOnnx(modelGraph(model, weights, program));
}

interface Ends {
	readonly inputs: Readonly<Record<string, Value>>;
	readonly outputs: Readonly<Record<string, Value>>;
}

function whole(model: Trainable): Ends {
	const batch = inputValues(model);
	const states = stateValues(model);
	const { outputs, next } = applied(model, { batch, states }, prediction);
	const after = Object.fromEntries(Object.entries(next).map(([name, value]) => [nextName(name), value]));
	return { inputs: { ...batch, ...states }, outputs: { ...outputs, ...after } };
}

function part({ programs = {} }: Trainable, name: string): Ends {
	const program: ModelProgram | undefined = Object.hasOwn(programs, name) ? programs[name] : undefined;
	if (!program) {
		throw new RangeError(
			`exportModel: expected a program of the model, got ${name}. It has ${Object.keys(programs).join(', ') || 'none'}.`,
		);
	}
	const inputs = inputValues(program);
	return { inputs, outputs: program.apply(inputs, prediction) };
}
