// Models whose caches are taken in another order of rows, in the same run: a search goes on from some rows, and from some of them several times.
import { type DType, emit, input, type OnnxGraph, type OnnxModel, type OnnxNode, ops, writeOnnx } from '../../graph/index.js';

/** The input that says which row of the caches each row goes on from. */
export const rowsInput = 'textloom_rows';

/** The name of what is taken of a tensor by rows. */
export const taken = (name: string) => `${name}/taken`;

/** Whether a name is that of a cache as it comes in, as Optimum calls it. */
export const isCache = (name: string): boolean => name.startsWith('past_key_values.');

/** A model that takes these inputs by rows: a row of the batch has that of `rows`. */
export function reordered(model: OnnxModel, caches: readonly string[]): OnnxModel {
	const { graph } = model;
	const names = new Set(caches);
	const rename = (node: OnnxNode): OnnxNode => ({
		...node,
		inputs: node.inputs.map((name) => (names.has(name) ? taken(name) : name)),
		attributes: Object.fromEntries(
			Object.entries(node.attributes).map(([key, value]) => [key, 'graph' in value ? { graph: inner(value.graph) } : value]),
		),
	});
	const inner = (body: OnnxGraph): OnnxGraph => ({ ...body, nodes: body.nodes.map(rename) });
	const gathers = caches.map((name) => ({
		...{ op: 'Gather', name: `${name}/take`, inputs: [name, rowsInput], outputs: [taken(name)] },
		attributes: { axis: { int: 0 } },
	}));
	// Other rows come in than are taken; and a merged decoder's first step has caches without a step beside a source with some.
	const inputs = graph.inputs.map((one) => {
		if (!names.has(one.name) && !isCache(one.name)) return one;
		const [batch, ...sizes] = one.shape;
		const own = isCache(one.name) ? sizes.map((size) => (typeof size === 'number' ? size : `past_${size}`)) : sizes;
		return { ...one, shape: [names.has(one.name) ? 'kept' : batch!, ...own] };
	});
	const rows = { name: rowsInput, dtype: 'int32' as const, shape: ['taken'] };
	return { ...model, graph: { ...inner(graph), inputs: [...inputs, rows], nodes: [...gathers, ...graph.nodes.map(rename)] } };
}

/** The input that says how many of the likeliest tokens are wanted, and the outputs that they come in. */
export const likeliest = { count: 'textloom_count', scores: 'textloom_scores', tokens: 'textloom_tokens' } as const;

/** A model that gives the likeliest tokens beside its logits, with the logarithms of their probabilities. */
export function withLikeliest(model: OnnxModel): OnnxModel {
	const { graph } = model;
	const logits = graph.outputs.find(({ name }) => name === 'logits')!;
	const log = { op: 'LogSoftmax', name: 'textloom/log', inputs: ['logits'], outputs: ['textloom/log'], attributes: { axis: { int: -1 } } };
	const top = {
		...{ op: 'TopK', name: 'textloom/top', inputs: [log.outputs[0]!, likeliest.count], outputs: [likeliest.scores, 'textloom/tokens'] },
		attributes: { axis: { int: -1 } },
	};
	const cast = {
		op: 'Cast',
		name: 'textloom/cast',
		inputs: ['textloom/tokens'],
		outputs: [likeliest.tokens],
		attributes: { to: { int: 6 } },
	};
	const shape = [...logits.shape.slice(0, -1), 'textloom_likeliest'];
	const outputs = [
		{ name: likeliest.scores, dtype: 'float32' as const, shape },
		{ name: likeliest.tokens, dtype: 'int32' as const, shape },
	];
	return {
		...model,
		graph: {
			...graph,
			inputs: [...graph.inputs, { name: likeliest.count, dtype: 'int64', shape: [1] }],
			outputs: [...graph.outputs, ...outputs],
			nodes: [...graph.nodes, log, top, cast],
		},
	};
}

/** A tensor that is taken by rows. */
export interface Taken {
	readonly name: string;
	/** Default float32. */
	readonly dtype?: DType;
	readonly rank: number;
}

/** A model that does nothing but take caches by rows: each comes out by its own name and `/taken`. */
export function taker(tensors: readonly Taken[]): Uint8Array {
	const rows = input(rowsInput, 'int32', ['taken']);
	const values = tensors.map(({ name, rank, dtype = 'float32' }, place) => {
		const shape = ['kept', ...Array.from({ length: rank - 1 }, (_, axis) => `size${place}_${axis}`)];
		return [name, input(name, dtype, shape)] as const;
	});
	const outputs = Object.fromEntries(values.map(([name, value]) => [taken(name), ops.gather(value, rows)]));
	return writeOnnx(emit({ inputs: { ...Object.fromEntries(values), [rowsInput]: rows }, outputs }));
}
