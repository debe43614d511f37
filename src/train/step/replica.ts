// A replica: computes the gradients of its parts of batches in a session of its own.
import { createSession, type Session, type SessionOptions, type Tensor } from '../../graph/index.js';
import { type LossParts, lossesIn } from './loss-parts.js';
import { type Minibatch, sizesOf } from './model.js';
import { gradientName, lossName, nextName, sumName, weightName } from './names.js';
import { Pool } from './pool.js';
import { floatsIn } from './state.js';
import { type Clock, StepFeeds } from './step-feeds.js';
import type { TrainingGraph } from './training-plan.js';
import { type Tensors, Turns } from './turns.js';

/** What a replica is made of. */
export interface ReplicaPlan {
	/** Without the graphs that it does not run. */
	readonly graph: Omit<TrainingGraph, 'step' | 'weigh' | 'update' | 'evaluate' | 'diagnosis'>;
	/** Parameters that stay as they are. */
	readonly fixed: Tensors;
	readonly seed: number;
	readonly options: SessionOptions;
}

/** Its part of a batch. */
export interface BatchPart {
	readonly batch: Minibatch;
	/** The number by which dropout is drawn. */
	readonly number: number;
	/** The rows of tables outside the graph, by the names of the graph's inputs. */
	readonly rows: Tensors;
}

/** The parts of a step. */
export interface ReplicaStep {
	readonly parts: readonly BatchPart[];
	readonly clock: Clock;
	/** What the losses of the whole step count. */
	readonly scales: Tensors;
	/** Its part of the states that the model carries, by their names. */
	readonly states: Tensors;
}

/** What came of them, but for the gradients of parameters. */
export interface ReplicaResult {
	/** Of each part. */
	readonly losses: readonly LossParts[];
	/** The gradients of the rows of each part, by the names of the graph's outputs: arrays that the next step uses again. */
	readonly rows: readonly Tensors[];
	readonly states: Tensors;
}

/** A session with its buffers. */
export class Replica {
	readonly #plan: ReplicaPlan;
	readonly #session: Session;
	readonly #feeds: StepFeeds;
	readonly #sums: Turns;
	readonly #pool = new Pool();

	constructor(plan: ReplicaPlan, session: Session) {
		this.#plan = plan;
		this.#session = session;
		this.#feeds = new StepFeeds({ ...plan.graph, stepsPerRun: 1 }, plan.seed);
		const { parameters, accumulate } = plan.graph;
		const sums = parameters.map((parameter) => ({ ...parameter, name: sumName(parameter.name) }));
		this.#sums = new Turns(sums, { read: accumulate > 1 });
	}

	/** Opens its session. */
	static async open(plan: ReplicaPlan): Promise<Replica> {
		return new Replica(plan, await createSession(plan.graph.gradients!, plan.options));
	}

	/** Computes the gradients at these weights, one part after the other, and adds them up. */
	async run({ parts, clock, scales, states }: ReplicaStep, weights: Tensors): Promise<ReplicaResult> {
		const { graph, fixed } = this.#plan;
		const { inputs, outputs } = this.#session;
		const carried = graph.carried.filter(({ name }) => outputs.includes(nextName(name)));
		const wanted = [...graph.losses.flatMap((name) => [lossName(name), weightName(name)]), ...carried.map(({ name }) => nextName(name))];
		const typed = (tensor: Tensor) => (graph.floats === 'float64' ? floatsIn('float64', tensor) : tensor);
		if (graph.accumulate > 1) this.#sums.clear();
		let before = states;
		const losses: LossParts[] = [];
		const rows: Tensors[] = [];
		for (const [place, part] of parts.entries()) {
			const made = this.#feeds.part(part.batch, sizesOf(graph.inputs, part.batch), part.number, clock)(inputs);
			const all: Tensors = { ...made, ...part.rows, ...fixed, ...weights, ...this.#sums.now, ...before, ...scales };
			const gradients = Object.fromEntries(
				graph.tables.map(({ name, input }): [string, Tensor] => {
					const { shape, data } = part.rows[input]!;
					return [gradientName(name), { dtype: 'float32', shape, data: this.#pool.take(`${place} ${name}`, data.length) }];
				}),
			);
			const results = await this.#session.run(Object.fromEntries(inputs.map((name) => [name, typed(all[name]!)])), {
				outputs: wanted,
				into: { ...this.#sums.targets(outputs), ...gradients },
			});
			this.#sums.turn(outputs);
			before = { ...before, ...Object.fromEntries(carried.map(({ name }) => [name, results[nextName(name)]!])) };
			losses.push(...lossesIn(results, graph.losses));
			rows.push(gradients);
		}
		return { losses, rows, states: before };
	}

	/** The gradients of the last step, by the names of the graph that updates: views that the next step overwrites. */
	get gradients(): Tensors {
		return this.#sums.now;
	}

	release(): Promise<void> {
		return this.#session.release();
	}
}
