// What ONNX Runtime says when a run fails, as one line that names the node and its layer.

import type { Tensor } from '../../tensors/tensor.js';
import { showShape } from '../dim.js';
import { type FedInput, noRoom } from './feeds.js';

/** The layer in a node's name, which `emit` writes as `layer/Operator_number`; in a body, the nodes around come first. */
export function layerOf(name: string): string {
	return name
		.split('/')
		.slice(0, -1)
		.filter((part) => part !== '')
		.join('/');
}

/** `Add in encoder.attention`. */
export function showNode({ op, name }: { readonly op: string; readonly name: string }): string {
	const layer = layerOf(name);
	return layer === '' ? op : `${op} in ${layer}`;
}

/** The node that failed; in a body, after the nodes around it. */
const failed = /while running (\S+) node\. Name:'([^']*)' Status Message: /g;

/** The place in the source of ONNX Runtime, and the condition there. */
const place = /^\S*\/onnxruntime\/\S+ .*? was false\. ?/s;

/** What it says where a target has another size than the result. */
const tooSmall = /output OrtValue provided for output '([^']*)' .*but the computed output shape for this run is \{([\d,]*)\}/;

/** In ONNX Runtime's words, on one line. */
const worded = (message: string) => message.replace(place, '').replace(/\s+/g, ' ').trim().replace(/\.$/, '');

/** The error of a model that cannot be opened. */
export function openError(error: Error, model: string): Error {
	return new RangeError(`session: expected ONNX Runtime to open ${model}, got: ${worded(error.message)}. Export or copy it again.`, {
		cause: error,
	});
}

/** The error of a failed run: who, the reason in ONNX Runtime's words, and the sizes that were fed. */
export function runError(
	error: Error,
	inputs: readonly FedInput[],
	feeds: Readonly<Record<string, Tensor>>,
	into: Readonly<Record<string, Tensor>>,
): Error {
	const [, name, made] = error.message.match(tooSmall) ?? [];
	if (name !== undefined && into[name]) return noRoom(name, `${into[name].dtype} ${made!.split(',').join('×')}`, into[name]);
	const last = [...error.message.matchAll(failed)].at(-1);
	const who = last ? showNode({ op: last[1]!, name: last[2]! }) : 'the graph';
	const reason = worded(last ? error.message.slice(last.index + last[0].length) : error.message);
	const sizes = inputs
		.filter(({ name, shape }) => feeds[name] && shape.some((dim) => typeof dim === 'string'))
		.map(({ name, shape }) => `${name} ${showShape(shape)} = ${showShape(feeds[name]!.shape)}`);
	const fed = sizes.length > 0 ? ` (fed: ${sizes.join(', ')})` : '';
	return new RangeError(`session: expected ${who} to run, got: ${reason}${fed}. Feed sizes and numbers that it takes.`, { cause: error });
}
