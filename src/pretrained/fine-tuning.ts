// The optimizer of fine-tuning (Devlin et al. 2019, appendix A.3): AdamW, warm-up and linear decay, gradients of bounded norm; slower rates for the layers that are near the words
// (Howard & Ruder 2018, section 3.2).
import { is, type Kinds, optionsOf } from '../base/index.js';
import { type OnnxModel, storedWeights } from '../graph/index.js';
import { adamw, type Optimizer, schedules, transformed, transforms } from '../optim/index.js';
import type { RunLength } from '../train/recipes.js';

/** How an encoder is fine-tuned. */
export interface FineTuningOptions {
	/** The highest learning rate. Default 5e-5. */
	readonly rate?: number;
	/** Default 0.01; biases and norms have none. */
	readonly weightDecay?: number;
	/** The share of the steps in which the rate rises. Default 0.1. */
	readonly warmup?: number;
	/** The greatest norm of all gradients together. Default 1. */
	readonly clip?: number;
	/** The rate of the new map as a multiple of that of the last layer. Default 1. */
	readonly headRate?: number;
	/** The rate of each layer as a share of that of the next one; of the embeddings, of that of the first. Default 1. */
	readonly layerDecay?: number;
}

const kinds: Kinds<FineTuningOptions> = {
	...{ rate: is.positive, weightDecay: is.number(0), warmup: is.share, clip: is.positive, headRate: is.positive },
	layerDecay: is.share,
};

const layerIn = /\blayers?\.(\d+)\./;
/** Biases, and all of a norm. */
const undecayed = '(?:bias|[Nn]orm.*)$';

/** What makes the optimizer of a run. */
export function fineTuning(model: OnnxModel, options: FineTuningOptions = {}): (run: RunLength) => Optimizer {
	const {
		rate = 5e-5,
		weightDecay = 0.01,
		warmup = 0.1,
		clip = 1,
		headRate = 1,
		layerDecay = 1,
	} = optionsOf('pretrained.optimizer', options, kinds);
	const names = [...storedWeights(model).values()].map(({ name }) => name);
	const rules = rulesFor(names, { headRate, layerDecay });
	return ({ steps }) =>
		transformed(
			adamw({ rate, weightDecay }),
			transforms.groups({ rules }),
			transforms.scheduled(schedules.warmup({ warmup: Math.round(warmup * steps), length: steps })),
			transforms.clipByNorm({ norm: clip }),
		);
}

/** For each place a rule with decay and one without. */
function rulesFor(names: readonly string[], { headRate, layerDecay }: Required<Pick<FineTuningOptions, 'headRate' | 'layerDecay'>>) {
	const layers = [...new Set(names.flatMap((name) => layerIn.exec(name)?.[1] ?? []).map(Number))].sort((a, b) => a - b);
	if (layerDecay !== 1 && layers.length === 0)
		throw new RangeError('pretrained.optimizer: expected layers by number for layerDecay, got a model without. Leave it out.');
	const places = [
		{ match: '^classifier\\.', rate: headRate },
		...(layerDecay === 1
			? []
			: [
					...layers.map((layer, place) => ({ match: `\\blayers?\\.${layer}\\.`, rate: layerDecay ** (layers.length - 1 - place) })),
					{ match: 'embeddings\\.', rate: layerDecay ** layers.length },
				]),
		{ match: '', rate: 1 },
	];
	const all = [...names, 'classifier.weight', 'classifier.bias'];
	return places
		.flatMap(({ match, rate }) => [
			{ match: `${match}(?:.*\\.)?${undecayed}`, rate, decay: false },
			{ match: match || '.', rate, decay: true },
		])
		.filter(({ match }) => all.some((name) => new RegExp(match).test(name)));
}
