// Which words carried a prediction: each token of a text with its weight, as plain JSON.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { createSessionHost, type SessionHost } from '../../graph/index.js';
import type { Model } from '../task/model.js';
import { type OpenParts, partsOf } from '../task/model-parts.js';
import type { LogitsHead } from '../task/task.js';
import { runBatches } from './batches.js';
import { type Said, targetOf } from './classes.js';
import { documentReader } from './documents.js';
import { type MethodName, methods } from './methods.js';
import { saliencyModel } from './saliency-graph.js';
import type { Token } from './tokens-of.js';

/** How a prediction is explained. */
export interface ExplainOptions {
	/**
	 * `gradient` (default): gradient × input, of the label's logit with respect to the tokens' vectors; one pass, in units of the logit. `occlusion`: what
	 * the probability falls by without the token; a pass for each. `attention`: where the model looked, if it has attention; of no label.
	 */
	readonly method?: MethodName;
	/** The label that is explained. Default: the one that the model says, the most probable of several. */
	readonly label?: string;
	/** With `occlusion`: tokens that are taken away together, for long texts; they share what it makes. Default 1. */
	readonly span?: number;
	/** With `occlusion`: what comes into their place, nothing (default), or the unknown token. */
	readonly by?: 'nothing' | 'unknown';
	/** Threads that compute. Default all cores. */
	readonly threads?: number;
}

/** A token with its weight: above 0 it speaks for the label, below against it. */
export interface TokenWeight extends Token {
	readonly weight: number;
}

/** A prediction and its explanation. */
export interface Explanation {
	readonly text: string;
	/** What the model says of the text. */
	readonly prediction: Readonly<Record<string, unknown>>;
	/** The label that is explained; none where the model says a number. */
	readonly label?: string;
	readonly method: MethodName;
	/**
	 * The tokens in the order in which the model reads them; `start` and `end` are UTF-16 units of the text, where the token is found in it. Of models of
	 * terms: the terms, each at its first place.
	 */
	readonly tokens: readonly TokenWeight[];
	/** With attention of heads from token to token: a row for each token that looks, the mean of the heads. */
	readonly attention?: readonly (readonly number[])[];
	/** Whether only the beginning of the text was read. */
	readonly cut: boolean;
}

/** Explains predictions of one model, until it is closed. */
export interface Explainer {
	explain(texts: readonly (string | object)[]): Promise<Explanation[]>;
	close(): Promise<void>;
}

const kinds: Kinds<ExplainOptions> = {
	method: is.one('gradient', 'occlusion', 'attention'),
	label: is.text,
	span: is.whole(1),
	by: is.one('nothing', 'unknown'),
	threads: is.whole(1),
};

/** Opens what explains predictions of a model: a session of its own, to be closed when done. */
export async function createExplainer(model: Model, options: ExplainOptions = {}): Promise<Explainer> {
	const { method = 'gradient', label, span, by, threads } = optionsOf('explain', options, kinds);
	const [idle] = Object.entries({ span, by }).find(([, value]) => value !== undefined && method !== 'occlusion') ?? [];
	if (idle) throw new TypeError(`explain: expected ${idle} with method occlusion, got it with ${method}. Leave it out.`);
	if (label !== undefined && method === 'attention')
		throw new TypeError('explain: expected no label with method attention, which is of no label, got one. Leave it out.');
	const parts = partsOf(model);
	if (!parts || model.task.name !== 'text-classification') {
		const got = parts ? `one of ${model.task.name}` : 'something else';
		throw new TypeError(`explain: expected a model of text-classification that train or load gave, got ${got}. Pass such a one.`);
	}
	const read = documentReader(model, parts);
	const target = targetOf(model, label);
	const host = createSessionHost();
	const session = await opened(host, parts, { method, threads }).catch(async (error: Error) => {
		await host.release();
		throw error;
	});
	const { config } = parts;
	const head = model.head as LogitsHead<never, object, object>;
	return {
		async explain(texts) {
			const docs = await read(texts);
			const logits = await runBatches(
				session.plain,
				docs.map(({ arrays }) => arrays),
				{ config, outputs: ['logits'] },
			);
			const said = docs.map(({ doc }, place) => head.say(logits[place]!.logits!, doc) as Said);
			const targets = said.map(target);
			const weighed = await methods[method](docs, targets, said, {
				...{ ...parts, head, session: session.plain, gradients: session.gradients },
				occlusion: { span: span ?? 1, by: by ?? 'nothing' },
			});
			return docs.map(({ text, tokens, cut }, place): Explanation => {
				const { weights, ...more } = weighed[place]!;
				const { label } = targets[place]!;
				return {
					...{ text, prediction: { ...said[place]! } },
					...(label !== undefined && method !== 'attention' && { label }),
					...{ method, tokens: tokens.map((token, at) => ({ ...token, weight: weights[at]! })), ...more, cut },
				};
			});
		},
		close: () => host.release(),
	};
}

/** The sessions of a method in one thread: the model as it is, and with the gradients. */
async function opened(host: SessionHost, parts: OpenParts, { method, threads }: { method: MethodName; threads: number | undefined }) {
	const { model: bytes } = (await parts.programs()) as { model: Uint8Array };
	const options = threads === undefined ? {} : { threads };
	const saliency = method === 'gradient' ? saliencyModel(bytes) : undefined;
	const plain = await host.open(bytes, options);
	if (method === 'attention' && !plain.outputs.includes('attention')) {
		throw new TypeError(
			`explain: expected a model with attention, got ${parts.config.model.model} without. Take method gradient or occlusion.`,
		);
	}
	const gradients = saliency && { session: await host.open(saliency.onnx, options), names: saliency.saliencies };
	return { plain, gradients };
}

/**
 * Explains what a model says of texts.
 *
 * @example
 * const [one] = await explain(model, ['Oil prices rise again'], { method: 'occlusion' });
 * for (const { token, weight } of one!.tokens) console.log(token, weight);
 * @throws {TypeError} for a model that has no tokens, no gradients or no attention, whichever is asked for.
 */
export async function explain(model: Model, texts: readonly (string | object)[], options: ExplainOptions = {}): Promise<Explanation[]> {
	if (!Array.isArray(texts)) {
		throw new TypeError(`explain: expected an array of texts or documents, got ${typeof texts}. Pass one, such as ['a text'].`);
	}
	const explainer = await createExplainer(model, options);
	try {
		return await explainer.explain(texts);
	} finally {
		await explainer.close();
	}
}
