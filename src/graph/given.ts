// The kinds of what the engine is given: values, programs, models. A program and a model are easily taken for one another.
import { argumentOf, is, type Kind } from '../base/index.js';
import { dtypes } from '../tensors/tensor.js';
import type { OnnxModel } from './onnx/model.js';
import type { Value } from './value.js';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

/** Whether something is a value of a graph: a tensor, whose numbers are there, is none. */
export const isValue = (value: unknown): value is Value =>
	isRecord(value) &&
	typeof value.dtype === 'string' &&
	Object.hasOwn(dtypes, value.dtype) &&
	Array.isArray(value.shape) &&
	!('data' in value);

/** A value of a graph. */
export const aValue: Kind = { expected: 'a value of a graph', fits: isValue, next: 'Pass what an operator returns.' };

/** Values by name. */
export const values: Kind = {
	expected: 'values by name, such as { y: relu(x) }',
	fits: (given) => isRecord(given) && Object.values(given).every(isValue),
	next: 'Name each value.',
};

/** Values with their numbers, by name. */
export const stored: Kind = {
	expected: 'values with their numbers by name, such as { w: { value, data } }',
	fits: (given) =>
		isRecord(given) &&
		Object.values(given).every(
			(item) => isRecord(item) && isValue(item.value) && isRecord(item.data) && ArrayBuffer.isView(item.data.data),
		),
	next: 'Give each value a tensor.',
};

/** Numbers by name. */
export const numbers: Kind = {
	expected: 'whole numbers by name',
	fits: (given) => isRecord(given) && Object.values(given).every((item) => Number.isSafeInteger(item)),
};

const isModel = (given: unknown): given is OnnxModel =>
	isRecord(given) && typeof given.opset === 'number' && isRecord(given.graph) && Array.isArray(given.graph.nodes);

/** The model as it came, when it is one. `next` says where one comes from. */
export function modelOf(who: string, model: OnnxModel, next: string): OnnxModel {
	return argumentOf(who, 'model', model, { expected: 'a model as plain data, with an opset and a graph', fits: isModel, next });
}

/** The kind of a list of values. */
export const listOfValues: Kind = { ...is.list(aValue), next: aValue.next! };
