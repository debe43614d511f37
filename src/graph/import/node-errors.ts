// What is said of a node that cannot be taken in.
import { absent } from '../absent.js';
import { ShapeError } from '../errors.js';
import { called } from '../onnx/counts.js';
import type { OnnxNode } from '../onnx/model.js';
import type { Facts } from '../ops/operator.js';
import type { Value } from '../value.js';

/** Refuses a node that lacks inputs, or has more than its operator. Of an operator that is not known nothing is said. */
export function expectInputs(inputs: readonly Value[], count: Facts['inputs'] | undefined) {
	if (count === undefined) return;
	const [least, most] = typeof count === 'number' ? [count, count] : count;
	const missing = inputs.slice(0, least).indexOf(absent);
	const found = missing >= 0 ? missing : inputs.length;
	if (found >= least && inputs.length <= most) return;
	const wanted = least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
	throw new RangeError(`expected ${wanted} inputs, got ${missing >= 0 ? `none in place ${missing}` : inputs.length}`);
}

/** An error's message without its full stop. */
export const withoutStop = ({ message }: Error) => message.replace(/\.$/, '');

/** What went wrong in a node, with its name. Rules take for granted the inputs and attributes that ONNX demands; a hostile file may lack them. */
export function errorIn(node: OnnxNode, error: unknown): unknown {
	if (!(error instanceof Error) || error.message.startsWith('fromOnnx: ')) return error;
	if (error instanceof ShapeError) return new ShapeError(`fromOnnx: ${called(node)}: ${error.message}`);
	const reason =
		error instanceof RangeError ? withoutStop(error) : `its inputs or attributes are not those of ${node.op} (${error.message})`;
	return new RangeError(`fromOnnx: ${called(node)}: ${reason}. Export the model again.`, { cause: error });
}
