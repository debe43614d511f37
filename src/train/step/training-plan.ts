// What a training run is made of, as plain data: its graphs, and the names and types of what goes through them. And how it is asked for.

import { is } from '../../base/index.js';
import type { DType, Shape, Tensor } from '../../graph/index.js';
import type { Slot } from '../../optim/index.js';
import type { InputPlan } from './model.js';
import type { Precision } from './precision.js';
import type { MaskPlan } from './step-inputs.js';

/** A table that stays outside the graph: its rows come in as `input`, their gradients go out as `gradient`. */
export interface TablePlan {
	readonly name: string;
	readonly names: readonly string[];
	readonly rows: number;
	readonly width: number;
	/** The input that holds the ids, and whether the graph takes its rows with the first two axes exchanged: time first. */
	readonly ids: string;
	readonly turned?: boolean;
	readonly input: string;
	readonly gradient: string;
	/** A row that never changes. */
	readonly frozenRow?: number;
}

/** A parameter of the graph. */
export interface ParameterState {
	readonly name: string;
	/** All its names: a weight that two layers share has several. */
	readonly names: readonly string[];
	readonly dtype: DType;
	readonly shape: readonly number[];
}

/** A state that goes from batch to batch; its shape is in terms of the batch. */
export interface CarriedPlan {
	readonly name: string;
	readonly dtype: DType;
	readonly shape: Shape;
}

/** Everything that runs a training step. Plain data, so that it can be sent to a worker. Graphs are ONNX bytes. */
export interface TrainingGraph {
	/**
	 * A whole step. Inputs: the batch, masks, `rate`, `step`, weights, slots, states. Outputs: `loss.` and `weight.` each loss, and `next.` each
	 * weight, slot and state; where parameters are updated in host memory, `gradient.` each of them instead. Not there with `accumulate` or `replicas`.
	 */
	readonly step?: Uint8Array;
	/**
	 * With `accumulate` or `replicas` the halves of a step: what each loss of a batch counts; the batch's gradients, added to `sum.` each parameter where
	 * there are several batches; the update.
	 */
	readonly weigh?: Uint8Array;
	readonly gradients?: Uint8Array;
	readonly update?: Uint8Array;
	/** With `diagnose`: `norm.` and `dead.` scalars of a batch, nothing changed. */
	readonly diagnosis?: Uint8Array;
	/** Inputs: the batch, the states and the weights. Outputs: the losses, the model's own outputs as at prediction, the next states. */
	readonly evaluate: Uint8Array;
	/** What a batch holds. */
	readonly inputs: Readonly<Record<string, InputPlan>>;
	/** The names of the model's outputs, and of its losses. */
	readonly outputs: readonly string[];
	readonly losses: readonly string[];
	/** Parameters that learn inside the graph; each has the optimizer's slots beside it. */
	readonly parameters: readonly ParameterState[];
	readonly tables: readonly TablePlan[];
	readonly masks: readonly MaskPlan[];
	readonly slots: readonly Slot[];
	/** Parameters that layers move themselves, such as running means: they go round without slots. */
	readonly moving: readonly ParameterState[];
	/** Parameters that stay as they are: inputs only. */
	readonly fixed: readonly ParameterState[];
	/** States that the model carries from batch to batch. */
	readonly carried: readonly CarriedPlan[];
	/** What the states of a loss scale begin with, by name. */
	readonly scaling: Readonly<Record<string, Tensor>>;
	readonly stepsPerRun: number;
	readonly accumulate: number;
	/** Parts of a batch whose gradients are computed at the same time. */
	readonly replicas: number;
	/** Where the parameters of the graph are updated: by a kernel in host memory, or by nodes. */
	readonly updates: 'host' | 'graph';
	/** The type of weights and slots, and of the floating-point numbers that are fed. */
	readonly floats: 'float32' | 'float64';
}

/** How the step is built. */
export interface TrainingGraphOptions {
	/**
	 * `host` keeps large embedding tables outside the graph and updates the rows that a batch touches (default); `graph` keeps all inside.
	 * An optimizer that is not `lazy` keeps them inside, too.
	 */
	readonly tables?: 'host' | 'graph' | undefined;
	/**
	 * Where parameters are updated: `host` by a kernel, in place (default), so that weights and slots never go through a session; `graph` by nodes.
	 * Optimizers without instructions for it (momentum, RMSProp), other types of numbers and several steps per run are updated in the graph, too.
	 */
	readonly update?: 'host' | 'graph' | undefined;
	/** Minibatches of one shape that one run takes, in a loop inside the graph. Default 1; more need tables in the graph. */
	readonly stepsPerRun?: number | undefined;
	/** Batches whose gradients one step takes together, each by what its losses weigh: a large batch in little memory. Default 1. */
	readonly accumulate?: number | undefined;
	/**
	 * Parts that each batch is divided into, whose gradients are computed at the same time by sessions of their own. The result is that of the whole
	 * batch but for rounding and dropout, which is drawn for each part. Default 1.
	 */
	readonly replicas?: number | undefined;
	/** Whether a step can be diagnosed: gradient norms, dead units, ratios of update to weight. Default off. */
	readonly diagnose?: boolean | undefined;
	/** The types of numbers that the run computes in. Default float32. */
	readonly precision?: Precision | undefined;
}

/** The kinds of these options. */
export const graphKinds = {
	tables: is.one('host', 'graph'),
	update: is.one('host', 'graph'),
	stepsPerRun: is.whole(1),
	accumulate: is.whole(1),
	replicas: is.whole(1),
	diagnose: is.flag,
	precision: is.object,
};

/** Refuses options that do not go together. */
export function checkTogether({
	tables,
	stepsPerRun,
	accumulate,
	replicas,
	diagnose,
}: Required<{ [K in Exclude<keyof TrainingGraphOptions, 'precision' | 'update'>]: NonNullable<TrainingGraphOptions[K]> }>): void {
	if (replicas > 1 && diagnose) throw new TypeError('trainingGraph: expected replicas or diagnose, got both. Leave one out.');
	if (stepsPerRun === 1) return;
	if (tables === 'host') {
		throw new TypeError(
			"trainingGraph: expected tables: 'graph' with several steps per run, got 'host'. Rows must be updated between steps.",
		);
	}
	for (const [name, on] of [['accumulate', accumulate > 1] as const, ['diagnose', diagnose] as const]) {
		if (on) throw new TypeError(`trainingGraph: expected stepsPerRun or ${name}, got both. Leave one out.`);
	}
}
