// The thread of a replica. Who started it hands it a port, over which the stepper calls. Weights and gradients go by shared memory.
import type { MessagePort } from 'node:worker_threads';
import { serve } from '../../base/index.js';
import { type Tensor, zeroTensor } from '../../graph/index.js';
import { sumName } from './names.js';
import { Pool } from './pool.js';
import { type BatchPart, Replica, type ReplicaPlan, type ReplicaResult, type ReplicaStep } from './replica.js';
import { type RowShapes, rowsIn, shapesOf, writeRows } from './shared-rows.js';
import { SharedTensors } from './shared-tensors.js';
import type { Tensors } from './turns.js';

/** The memory that a replica shares with the stepper: weights to read, gradients to write. */
export interface SharedMemory {
	readonly weights: SharedArrayBuffer;
	readonly gradients: SharedArrayBuffer;
}

/** A step whose rows lie in shared memory. */
export interface RemoteStep extends Omit<ReplicaStep, 'parts'> {
	readonly parts: readonly (Omit<BatchPart, 'rows'> & { readonly shapes: RowShapes[number] })[];
	readonly rows: SharedArrayBuffer;
	readonly gradients: SharedArrayBuffer;
}

/** What came of it, but for what lies there. */
export type RemoteResult = Omit<ReplicaResult, 'rows'>;

let replica: Replica;
let shared: { readonly weights: SharedTensors; readonly gradients: SharedTensors };
let weights: Tensors;
const pool = new Pool();

/** Rows as tensors of this thread: ONNX Runtime takes no shared memory. */
function copied(views: Readonly<Record<string, Float32Array>>, shapes: RowShapes[number], part: number): Tensors {
	return Object.fromEntries(
		Object.entries(views).map(([name, view]): [string, Tensor] => {
			const data = pool.take(`${part} ${name}`, view.length);
			data.set(view);
			return [name, { dtype: 'float32', shape: shapes[name]!, data }];
		}),
	);
}

const handlers = {
	open: async ({ memory, ...plan }: ReplicaPlan & { memory: SharedMemory }) => {
		const { parameters } = plan.graph;
		shared = { weights: new SharedTensors(parameters, memory.weights), gradients: new SharedTensors(parameters, memory.gradients) };
		weights = Object.fromEntries(parameters.map(({ name, dtype, shape }) => [name, zeroTensor(dtype, shape)]));
		replica = await Replica.open(plan);
	},
	/** The rows of the parts are in `rows`, the gradients of these go into `gradients`. */
	run: async ({ parts, rows, gradients, ...step }: RemoteStep): Promise<RemoteResult> => {
		shared.weights.read(weights);
		const given = rowsIn(
			rows,
			parts.map(({ shapes }) => shapes),
		);
		const whole = parts.map(({ shapes, ...part }, place): BatchPart => ({ ...part, rows: copied(given[place]!, shapes, place) }));
		const { rows: found, ...result } = await replica.run({ ...step, parts: whole }, weights);
		shared.gradients.write(replica.gradients, sumName);
		const into = rowsIn(gradients, found.map(shapesOf));
		for (const [place, views] of into.entries()) writeRows(views, found[place]!);
		return result;
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
