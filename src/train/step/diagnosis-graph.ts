// The nodes of a diagnosing graph: the norm of each gradient, and the share of units that are dead.
import { type Node, nodesBefore, ops, type Value } from '../../graph/index.js';

/** Scalars by the name of a parameter. */
export function gradientNorms(gradients: ReadonlyMap<string, Value>): Map<string, Value> {
	return new Map([...gradients].map(([name, gradient]) => [name, ops.sqrt(ops.reduceSum(ops.mul(gradient, gradient)))]));
}

/** Units of each ReLU on the way to `results` that are 0 for the whole batch, as a share, by the layer. Loops are not looked into. */
export function deadUnits(results: readonly Value[]): Map<string, Value> {
	const found = new Map<string, Value>();
	for (const node of nodesBefore(results)) {
		const [output] = node.outputs;
		if (node.op !== 'Relu' || output!.shape.length < 2) continue;
		const unit = unitAxis(node);
		const most = ops.reduceMax(output!, { axes: output!.shape.map((_, axis) => axis).filter((axis) => axis !== unit) });
		found.set(nameFor(node, found), ops.reduceMean(ops.cast(ops.equal(most, 0), 'float32')));
	}
	return found;
}

/** Units lie along the last axis, or along the second one of what a convolution gave. */
function unitAxis({ inputs: [x] }: Node): number {
	let before = x!.node;
	while (before && through.has(before.op)) before = before.inputs[0]!.node;
	return before?.op === 'Conv' || before?.op === 'ConvTranspose' ? 1 : x!.shape.length - 1;
}

const through = new Set(['Add', 'BatchNormalization', 'MaxPool', 'Mul', 'Sub']);

/** The layer's name, numbered where it has several. */
function nameFor({ scope }: Node, taken: ReadonlyMap<string, unknown>): string {
	const name = scope || 'relu';
	let number = 2;
	if (!taken.has(name)) return name;
	while (taken.has(`${name}.${number}`)) number++;
	return `${name}.${number}`;
}
