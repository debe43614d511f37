// The graphs of a model that came as a file: one for each naming of its sizes, with places for dropout masks or without.
import {
	canonicalDim,
	type Dim,
	fromOnnx,
	type ImportedModel,
	input,
	type OnnxModel,
	type OnnxNode,
	ops,
	type Value,
} from '../graph/index.js';

/** A model as values. */
export interface ImportedGraph extends ImportedModel {
	/** Inputs that stand for masks: the share that each drops. */
	readonly masks: readonly { readonly place: Value; readonly rate: number }[];
}

/** How a model is taken in. */
export interface GraphOptions {
	readonly sizes: Readonly<Record<string, Dim>>;
	/** The share dropped behind a node; those in the bodies of loops and choices are not asked for. */
	readonly dropout: (node: OnnxNode) => number;
}

/** Which of the graphs. */
export interface Variant {
	readonly training: boolean;
	/** What the names of sizes are to be. */
	readonly names: Readonly<Record<string, Dim>>;
}

/** The graphs of a model, each made when it is first asked for. */
export function importedGraphs(model: OnnxModel, { sizes, dropout }: GraphOptions): (variant: Variant) => ImportedGraph {
	const made = new Map<string, ImportedGraph>();
	const rates = new Map(model.graph.nodes.map((node) => [node, checkedRate(dropout(node), node)]));
	return (variant) => {
		const key = JSON.stringify([variant.training, Object.entries(variant.names).sort()]);
		const known = made.get(key);
		if (known) return known;
		const graph = build(model, { sizes: named(sizes, variant.names), rates }, variant.training);
		made.set(key, graph);
		return graph;
	};
}

const named = (sizes: GraphOptions['sizes'], names: Variant['names']) => ({
	...names,
	...Object.fromEntries(Object.entries(sizes).map(([name, dim]) => [name, canonicalDim(dim, names)])),
});

function build(
	model: OnnxModel,
	{ sizes, rates }: Pick<GraphOptions, 'sizes'> & { rates: ReadonlyMap<OnnxNode, number> },
	training: boolean,
): ImportedGraph {
	const masks: { place: Value; rate: number }[] = [];
	const dropped = (x: Value, rate: number) => {
		if (!training || rate === 0) return x;
		const place = input('mask', x.dtype, x.shape);
		masks.push({ place, rate });
		return ops.mul(x, place);
	};
	const after = (value: Value, node: OnnxNode) => dropped(value, rates.get(node) ?? 0);
	return { ...fromOnnx(model, { sizes, after, unfused: true, ...(training ? { dropout: dropped } : { training: false }) }), masks };
}

function checkedRate(rate: number, { op, name, outputs }: OnnxNode): number {
	if (rate >= 0 && rate < 1) return rate;
	throw new RangeError(
		`imported: expected dropout to give a share from 0 to below 1 for ${op} (${name || outputs[0]}), got ${rate}. Give 0 where nothing is dropped.`,
	);
}
