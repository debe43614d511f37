// The thread of a replica. Who started it hands it a port, over which the stepper calls. Weights and gradients go by shared memory.
import type { MessagePort } from 'node:worker_threads';
import { moved, serve } from '../../base/index.js';
import { zeroTensor } from '../../graph/index.js';
import { sumName } from './names.js';
import { Replica, type ReplicaPlan, type ReplicaStep } from './replica.js';
import { SharedTensors } from './shared-tensors.js';
import type { Tensors } from './turns.js';

/** The memory that a replica shares with the stepper: weights to read, gradients to write. */
export interface SharedMemory {
	readonly weights: SharedArrayBuffer;
	readonly gradients: SharedArrayBuffer;
}

let replica: Replica;
let shared: { readonly weights: SharedTensors; readonly gradients: SharedTensors };
let weights: Tensors;

const handlers = {
	open: async ({ memory, ...plan }: ReplicaPlan & { memory: SharedMemory }) => {
		const { parameters } = plan.graph;
		shared = { weights: new SharedTensors(parameters, memory.weights), gradients: new SharedTensors(parameters, memory.gradients) };
		weights = Object.fromEntries(parameters.map(({ name, dtype, shape }) => [name, zeroTensor(dtype, shape)]));
		replica = await Replica.open(plan);
	},
	run: async (step: ReplicaStep) => {
		shared.weights.read(weights);
		const result = await replica.run(step, weights);
		shared.gradients.write(replica.gradients, sumName);
		return moved(
			result,
			result.rows.flatMap((rows) => Object.values(rows).map(({ data }) => data.buffer as ArrayBuffer)),
		);
	},
	release: () => replica?.release(),
};

/** The functions that a replica offers. */
export type ReplicaHandlers = typeof handlers;

const own = {
	...handlers,
	/** Serves who has the other end of the port, too. */
	listen: (port: MessagePort) => serve(handlers, { port }),
};

/** The functions that its thread offers to who started it. */
export type ReplicaThreadHandlers = typeof own;

serve(own);
