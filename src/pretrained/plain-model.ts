// A file as training wants it: in float32, each parameter by itself, without Dropout nodes of its own.
import { type OnnxAttribute, type OnnxModel, type OnnxNode, type Tensor, toFloat32 } from '../graph/index.js';

/** The model with its weights in float32, parameters that were stored once for several apart, and what it dropped left in. */
export const plainModel = (model: OnnxModel): OnnxModel => withoutDropout(untied(widened(model)));

/** The numbers of ONNX for element types. */
const [float32, float16] = [1, 10];

const wide = (tensor: Tensor): Tensor => (tensor.dtype === 'float16' ? toFloat32(tensor) : tensor);

/** Half precision as float32. */
function widened(model: OnnxModel): OnnxModel {
	const { graph } = model;
	if (![...graph.initializers.values()].some(({ dtype }) => dtype === 'float16')) return model;
	const attribute = (value: OnnxAttribute, op: string, name: string): OnnxAttribute => {
		if ('tensor' in value) return { tensor: wide(value.tensor) };
		return op === 'Cast' && name === 'to' && 'int' in value && value.int === float16 ? { int: float32 } : value;
	};
	const type = <T extends { readonly dtype: Tensor['dtype'] }>(value: T): T =>
		value.dtype === 'float16' ? { ...value, dtype: 'float32' } : value;
	return {
		...model,
		graph: {
			...graph,
			inputs: graph.inputs.map(type),
			outputs: graph.outputs.map(type),
			...(graph.values && { values: graph.values.map(type) }),
			initializers: new Map([...graph.initializers].map(([name, tensor]) => [name, wide(tensor)])),
			nodes: graph.nodes.map((node) => ({
				...node,
				attributes: Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, attribute(value, node.op, name)])),
			})),
		},
	};
}

/** Exporters keep equal tensors once, behind Identity nodes; in PyTorch each is a parameter of its own. Layers that share a tensor by design take it directly. */
function untied(model: OnnxModel): OnnxModel {
	const { graph } = model;
	const initializers = new Map(graph.initializers);
	const nodes = graph.nodes.filter(({ op, inputs: [name], outputs: [own] }) => {
		const tensor = op === 'Identity' ? initializers.get(name!) : undefined;
		if (!tensor) return true;
		initializers.set(own!, tensor);
		return false;
	});
	return nodes.length === graph.nodes.length ? model : { ...model, graph: { ...graph, initializers, nodes } };
}

/** What is dropped is said by the rates of config.json. */
function withoutDropout(model: OnnxModel): OnnxModel {
	const { graph } = model;
	const same = new Map<string, string>();
	const kept: OnnxNode[] = [];
	for (const node of graph.nodes) {
		if (node.op === 'Dropout') same.set(node.outputs[0]!, node.inputs[0]!);
		else kept.push(node);
	}
	if (same.size === 0) return model;
	const original = (name: string): string => (same.has(name) ? original(same.get(name)!) : name);
	return { ...model, graph: { ...graph, nodes: kept.map((node) => ({ ...node, inputs: node.inputs.map(original) })) } };
}
