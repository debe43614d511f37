// Runs training steps: owns the sessions, the state (two buffers each, used in turn) and the tables. Lives in a worker thread.
import { createSession, type Session, type SessionOptions, sizeOf, sizeOfDim, type Tensor } from '../graph/index.js';
import { averagedWeights, averageSlot, type Optimizer } from '../optim/index.js';
import { Table } from './table.js';
import type { TrainingGraph } from './training-graph.js';

/** One batch, or several of one shape: `[steps × batch × time]` ids, and what goes with them. */
export interface StepBatch {
	readonly ids: Int32Array;
	readonly lengths: Int32Array;
	readonly targets: Int32Array;
	readonly masks: readonly Float32Array[];
	/** Minibatches in it; 1 unless the graph takes several. */
	readonly steps: number;
	readonly size: number;
	readonly time: number;
	/** The learning rate of each step, and the number of the first from 1. */
	readonly rates: readonly number[];
	readonly step: number;
}

/** A batch to predict. */
export type PredictBatch = Pick<StepBatch, 'ids' | 'lengths' | 'size' | 'time'>;

/** All numbers of a run by name: weights, and the optimizer's slots as `name:slot`. */
export type State = Readonly<Record<string, Float32Array>>;

/** A training run's engine. One call at a time: they share their buffers. */
export interface Stepper {
	/** Does the steps of a batch; returns the loss of each. */
	step(batch: StepBatch): Promise<number[]>;
	/** Logits, row by row; by the average of the weights where the optimizer keeps one. */
	predict(batch: PredictBatch): Promise<Float32Array>;
	/** A copy of the state. */
	state(): State;
	release(): Promise<void>;
}

/** Makes a stepper that begins with `start`: all weights, and the slots where it goes on from a state; they are zeros without. */
export async function createStepper(
	graph: TrainingGraph,
	optimizer: Optimizer,
	start: State,
	options: SessionOptions = {},
): Promise<Stepper> {
	const whole = graph.tables.map(({ name, rows, width }) => ({ name, shape: [rows, width] }));
	for (const { name, shape } of [...graph.parameters, ...graph.moving, ...graph.fixed, ...whole]) {
		const [expected, got] = [sizeOf(shape), start[name]?.length];
		if (got !== expected) {
			throw new RangeError(
				`createStepper: expected ${expected} numbers for ${name}, got ${got ?? 'none'}. Begin with weights of this network.`,
			);
		}
	}
	const [train, predict] = [await createSession(graph.step, options), await createSession(graph.predict, options)];
	const tables = graph.tables.map((plan) => ({ plan, table: new Table(plan, optimizer, start[plan.name]!) }));
	const dense = [
		...graph.parameters.flatMap(({ name, shape }) => [{ name, shape }, ...graph.slots.map((slot) => ({ name: `${name}:${slot}`, shape }))]),
		...graph.moving,
	];
	const zeros = ({ name, shape }: { name: string; shape: readonly number[] }): [string, Tensor] => [
		name,
		{ dtype: 'float32', shape, data: new Float32Array(sizeOf(shape)) },
	];
	const fixed = Object.fromEntries(graph.fixed.map(zeros));
	let current = Object.fromEntries(dense.map(zeros));
	let other = Object.fromEntries(dense.map(zeros));
	const rowsOf = (batch: PredictBatch, gather: (table: Table) => Float32Array): [string, Tensor][] =>
		tables.map(({ plan, table }) => [plan.input, { dtype: 'float32', shape: [batch.size, batch.time, plan.width], data: gather(table) }]);
	const averaged = graph.slots.indexOf(averageSlot);
	/** The dense weights that predict, made anew after a step. */
	let predicting: Record<string, Tensor> | undefined;
	const averages = () => {
		const data = averagedWeights(Object.fromEntries(dense.map(({ name }) => [name, current[name]!.data as Float32Array])));
		return Object.fromEntries(
			graph.parameters.map(({ name, shape }): [string, Tensor] => [name, { dtype: 'float32', shape, data: data[name]! }]),
		);
	};

	for (const { plan, table } of tables) {
		for (const [place, slot] of graph.slots.entries()) table.state[place]!.set(start[`${plan.name}:${slot}`] ?? []);
	}
	for (const { name } of dense) (current[name]!.data as Float32Array).set(start[name] ?? []);
	for (const { name } of graph.fixed) (fixed[name]!.data as Float32Array).set(start[name]!);

	return {
		async step(batch) {
			const { steps, size, time } = batch;
			const outer = graph.stepsPerRun > 1 ? [steps] : [];
			const int32 = (data: Int32Array, ...shape: number[]): Tensor => ({ dtype: 'int32', shape: [...outer, ...shape], data });
			const sizes: Record<string, number> = { batch: size, time };
			const feeds: Record<string, Tensor> = {
				ids: int32(batch.ids, size, time),
				lengths: int32(batch.lengths, size),
				targets: int32(batch.targets, size),
				step: int32(Int32Array.from({ length: steps }, (_, i) => batch.step + i)),
				rate: { dtype: 'float32', shape: outer, data: Float32Array.from(batch.rates) },
				...Object.fromEntries(
					graph.masks.map(({ name, shape }, place) => [
						name,
						{
							dtype: 'float32',
							shape: [...outer, ...shape.map((dim) => sizeOfDim(dim, sizes)!)],
							data: batch.masks[place]!,
						},
					]),
				),
				...Object.fromEntries(rowsOf(batch, (table) => table.gather(batch.ids))),
				...fixed,
				...current,
			};
			const fetches: Record<string, Tensor | null> = { loss: null };
			for (const { name } of dense) fetches[`next.${name}`] = other[name]!;
			for (const { plan, table } of tables) {
				fetches[plan.gradient] = { dtype: 'float32', shape: [size, time, plan.width], data: table.gradient(batch.ids.length) };
			}
			const results = await train.run(only(feeds, train), fetches);
			[current, other] = [other, current];
			predicting = undefined;
			for (const { table } of tables) table.update(batch.ids, { rate: batch.rates[0]!, step: batch.step });
			return Array.from(results.loss!.data as Float32Array);
		},
		async predict(batch) {
			const { ids, lengths, size, time } = batch;
			predicting ??= averages();
			const feeds: Record<string, Tensor> = {
				ids: { dtype: 'int32', shape: [size, time], data: ids },
				lengths: { dtype: 'int32', shape: [size], data: lengths },
				...Object.fromEntries(rowsOf(batch, (table) => (averaged < 0 ? table.gather(ids) : table.gatherWith(averaged, ids)))),
				...fixed,
				...current,
				...predicting,
			};
			const { logits } = await predict.run(only(feeds, predict), { logits: null });
			return logits!.data as Float32Array;
		},
		state() {
			const state: Record<string, Float32Array> = {};
			for (const { plan, table } of tables) {
				state[plan.name] = table.weights.slice();
				for (const [place, slot] of graph.slots.entries()) state[`${plan.name}:${slot}`] = table.state[place]!.slice();
			}
			for (const [name, { data }] of Object.entries({ ...fixed, ...current })) state[name] = (data as Float32Array).slice();
			return state;
		},
		async release() {
			await train.release();
			await predict.release();
		},
	};
}

/** The feeds that a session takes. */
function only(feeds: Record<string, Tensor>, session: Session): Record<string, Tensor> {
	return Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
}
