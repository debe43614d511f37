// The ways to weigh tokens: by gradients, by leaving tokens out, by where the model looked.
import type { Tensor } from '../../graph/index.js';
import type { OpenParts } from '../task/model-parts.js';
import type { LogitsHead } from '../task/task.js';
import { type Runs, runBatches } from './batches.js';
import { amountOf, type Said, type Target } from './classes.js';
import type { Explained } from './documents.js';
import { type Occlusion, without } from './left-out.js';
import { chosenName } from './saliency-graph.js';

/** What a method finds of a document. */
export interface Weighed {
	/** One for each token. */
	readonly weights: readonly number[];
	/** Where heads of attention look from each token to each other: a row for each token that looks, the mean of the heads. */
	readonly attention?: readonly (readonly number[])[];
}

/** What a method works with. */
export interface Work extends OpenParts {
	readonly head: LogitsHead<never, object, object>;
	readonly session: Runs;
	/** With the outputs of a saliency graph; of the method gradient. */
	readonly gradients: { readonly session: Runs; readonly names: readonly string[] } | undefined;
	readonly occlusion: Occlusion;
}

/** Weighs the tokens of documents of which this was said, and for which this is explained. */
export type Method = (docs: readonly Explained[], targets: readonly Target[], said: readonly Said[], work: Work) => Promise<Weighed[]>;

const numbersOf = ({ data }: Tensor) => Array.from(data as Float32Array);

/** Gradient × input (Shrikumar et al. 2016): what the logit would change by, by the first order, if the token's vector were 0; with the sign turned. */
const gradient: Method = async (docs, targets, _, { gradients, config }) => {
	const { session, names } = gradients!;
	const results = await runBatches(
		session,
		docs.map(({ arrays }) => arrays),
		{ config, outputs: names, beside: (doc) => ({ [chosenName]: targets[doc]!.chosen }) },
	);
	return docs.map(({ tokens }, doc) => {
		const all = names.map((name) => numbersOf(results[doc]![name]!));
		return { weights: tokens.map((_, at) => all.reduce((sum, numbers) => sum + (numbers[at] ?? 0), 0)) };
	});
};

/** What the probability falls by without the token (Zeiler and Fergus 2014; Li et al. 2016). Tokens of one span share its fall. */
const occlusion: Method = async (docs, targets, said, { session, config, head, occlusion: how }) => {
	const weighed: Weighed[] = [];
	for (const [place, { tokens, arrays, doc }] of docs.entries()) {
		const [target, before] = [targets[place]!, amountOf(said[place]!, targets[place]!)];
		const starts = Array.from({ length: Math.ceil(tokens.length / how.span) }, (_, i) => i * how.span);
		const variants = starts.map((start) => without(arrays, config.inputs, start, how));
		const results = await runBatches(session, variants, { config, outputs: ['logits'] });
		const weights = new Array<number>(tokens.length).fill(0);
		for (const [i, start] of starts.entries()) {
			const end = Math.min(start + how.span, tokens.length);
			const fall = before - amountOf(head.say(results[i]!.logits!, doc) as Said, target);
			weights.fill(fall / (end - start), start, end);
		}
		weighed.push({ weights });
	}
	return weighed;
};

/** Attention as the model has it: of each token its share, or, of heads that look from token to token, how much is looked at it on average. */
const attention: Method = async (docs, _targets, _said, { session, config }) => {
	const results = await runBatches(
		session,
		docs.map(({ arrays }) => arrays),
		{ config, outputs: ['attention'] },
	);
	return docs.map(({ tokens }, doc) => {
		const { shape, data } = results[doc]!.attention!;
		const numbers = data as Float32Array;
		const count = tokens.length;
		if (shape.length === 1) return { weights: tokens.map((_, at) => numbers[at]!) };
		const [heads, rows, columns] = shape as [number, number, number];
		const mean = (row: number, column: number) => {
			let sum = 0;
			for (let one = 0; one < heads; one++) sum += numbers[(one * rows + row) * columns + column]!;
			return sum / heads;
		};
		const table = tokens.map((_, row) => tokens.map((_, column) => mean(row, column)));
		return { weights: tokens.map((_, column) => table.reduce((sum, row) => sum + row[column]! / count, 0)), attention: table };
	});
};

/** The ways, by name. */
export const methods = { gradient, occlusion, attention } as const satisfies Readonly<Record<string, Method>>;

/** The name of a way. */
export type MethodName = keyof typeof methods;
