// The order in which a graph's nodes can run; refuses graphs that have none.
import { called } from '../onnx/counts.js';
import type { OnnxGraph, OnnxNode } from '../onnx/model.js';

/** The nodes, each after those that it needs, else as they stand. `given` says which names are there before. */
export function inOrder({ nodes, outputs }: OnnxGraph, given: (name: string) => boolean): OnnxNode[] {
	const givers = new Map<string, OnnxNode>();
	for (const node of nodes) {
		for (const name of node.outputs) {
			if (name === '') continue;
			const other = givers.get(name);
			if (other ?? given(name)) {
				const who = other ? `${called(other)} and ${called(node)} both give it` : `${called(node)} gives what is there already`;
				throw new RangeError(`fromOnnx: expected each name once, got ${name} twice: ${who}. Export the model again.`);
			}
			givers.set(name, node);
		}
	}
	const missing = (name: string, who: string): never => {
		throw new RangeError(
			`fromOnnx: expected every name to be given, got ${name}, which ${who} needs and nothing gives. Export the model again.`,
		);
	};
	const order: OnnxNode[] = [];
	const begun = new Set<OnnxNode>();
	const done = new Set<OnnxNode>();
	// Without recursion: graphs are deep.
	const stack: { readonly node: OnnxNode; readonly needs: readonly string[]; next: number }[] = [];
	const begin = (node: OnnxNode) => {
		begun.add(node);
		stack.push({ node, needs: [...needsOf(node)], next: 0 });
	};
	for (const first of nodes) {
		if (!begun.has(first)) begin(first);
		while (stack.length > 0) {
			const top = stack.at(-1)!;
			const name = top.needs[top.next++];
			if (name === undefined) {
				done.add(top.node);
				order.push(stack.pop()!.node);
				continue;
			}
			const giver = givers.get(name) ?? (given(name) ? undefined : missing(name, called(top.node)));
			if (!giver || done.has(giver)) continue;
			if (begun.has(giver)) {
				throw new RangeError(
					`fromOnnx: expected nodes that can run one after another, but ${called(giver)} needs its own output ${name}. Export the model again.`,
				);
			}
			begin(giver);
		}
	}
	for (const { name } of outputs) if (!givers.has(name) && !given(name)) missing(name, 'the list of outputs');
	return order;
}

/** The names that a node needs, those that its bodies take from outside included. */
function* needsOf(node: OnnxNode): Generator<string> {
	for (const name of node.inputs) if (name !== '') yield name;
	for (const value of Object.values(node.attributes)) if ('graph' in value) yield* captured(value.graph);
}

/** The names that a body takes from the graph around it. */
export function captured({ nodes, inputs, outputs, initializers }: OnnxGraph): Set<string> {
	const inside = new Set([...inputs.map(({ name }) => name), ...initializers.keys(), ...nodes.flatMap(({ outputs }) => outputs)]);
	const names = [...nodes.flatMap((node) => [...needsOf(node)]), ...outputs.map(({ name }) => name)];
	return new Set(names.filter((name) => !inside.has(name)));
}
