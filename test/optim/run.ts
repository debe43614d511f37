// Runs an optimizer over the parameters, gradients and rates of optimizers.py: in a graph, or on the rows of a table.
import { readFileSync } from 'node:fs';
import { createSession, emit, input, type Tensor, tensor, writeOnnx } from 'textloom/graph';
import * as optim from 'textloom/optim';
import { type Optimizer, type OptimizerSpec, schedules, type Transform, transformed, transforms } from 'textloom/optim';
import type { Json } from 'textloom/stream';
import { Table } from '../../dist/src/train/step/table.js';

type History = Readonly<Record<string, number[]>>;
interface Golden {
	readonly shapes: Readonly<Record<string, number[]>>;
	readonly optimizers: readonly (OptimizerSpec & { readonly after: History; readonly sparse?: History })[];
	readonly transforms: readonly { readonly spec: OptimizerSpec; readonly after: History; readonly average?: boolean }[];
}
export const golden: Golden = JSON.parse(readFileSync(new URL('../golden/optim/optimizers.json', import.meta.url), 'utf8'));

type Makers = Readonly<Record<string, (options: never) => unknown>>;
const made = <T>(makers: Makers, name: string, options: unknown) => makers[name]!(options as never) as T;

/** The optimizer, transform or schedule that a spec of a golden file is for. */
export const optimizerOf = ({ optimizer, options, transforms: before = [] }: OptimizerSpec): Optimizer =>
	transformed(made<Optimizer>(optim as unknown as Makers, optimizer, options), ...before.map(transformOf));
export function transformOf({ transform, options }: Transform['spec']): Transform {
	if (transform === 'scheduled')
		return transforms.scheduled(scheduleOf((options as unknown as { schedule: schedules.ScheduleSpec }).schedule));
	return made<Transform>(transforms, transform, options);
}
export function scheduleOf({ schedule, options }: schedules.ScheduleSpec): schedules.Schedule {
	if (schedule !== 'sequential') return made<schedules.Schedule>(schedules, schedule, options);
	const { schedules: parts, ...rest } = options as unknown as { schedules: schedules.ScheduleSpec[]; milestones: number[] } & Record<
		string,
		Json
	>;
	return schedules.sequential({ ...rest, schedules: parts.map(scheduleOf) });
}

/** Of each row the golden cases that it names by what it has made of their options. Throws where there is none of a spec. */
export function casesOf<Case, Made extends { readonly spec: unknown }>(
	rows: Readonly<Record<string, { readonly golden: readonly Made[] | string }>>,
	cases: readonly Case[],
	specOf: (own: Case) => unknown,
): Case[] {
	const bySpec = new Map(cases.map((own) => [JSON.stringify(specOf(own)), own]));
	return Object.values(rows).flatMap(({ golden }) =>
		(typeof golden === 'string' ? [] : golden).map(({ spec }) => {
			const found = bySpec.get(JSON.stringify(spec));
			if (!found)
				throw new Error(`expected a golden case of ${JSON.stringify(spec)}. Add it to the script in test/golden/optim and run that.`);
			return found;
		}),
	);
}

const { shapes } = golden;
const names = Object.keys(shapes);
export const steps = 20;

/** All numbers of a run by name: parameters, and slots as `name:slot`. */
export type State = Record<string, Float32Array>;

const sizeOf = (name: string) => shapes[name]!.reduce((product, size) => product * size, 1);

// The formulas of optimizers.py.
const first = (name: string, i: number) => Math.cos(i + 2 * names.indexOf(name));
const gradientAt = (name: string, i: number, t: number) => {
	const j = names.indexOf(name);
	return i + j === 0 ? 0 : Math.sin(1 + 3 * i + 2 * t + 5 * j) * 10 ** (((i + j) % 4) - 2);
};
const rateAt = (rate: number, t: number) => (rate * (1 + (t % 3))) / 2;

/** The parameters of a state, in one list. */
export const listed = (state: State): number[] => names.flatMap((name) => Array.from(state[name]!));

/** Which parameters, how many steps, and where to begin. */
export interface RunOptions {
	readonly only?: readonly string[];
	readonly count?: number;
	readonly from?: State;
	readonly done?: number;
}

/** The state after each step in a graph. */
export async function runGraph(
	optimizer: Optimizer,
	{ only = names, count = steps, from = {}, done = 0 }: RunOptions = {},
): Promise<State[]> {
	const clock = { rate: input('rate', 'float32', []), step: input('step', 'int32', []) };
	// What a group freezes stays as it is: no update is built of it.
	const isFrozen = (name: string) => optimizer.freezes?.([name]) === true;
	const moving = only.filter((name) => !isFrozen(name));
	const still = Object.fromEntries(
		only.filter(isFrozen).map((name) => [name, Float32Array.from({ length: sizeOf(name) }, (_, i) => first(name, i))]),
	);
	const updates = moving.map((name) => ({
		names: [name],
		parameter: input(name, 'float32', shapes[name]!),
		gradient: input(`gradient ${name}`, 'float32', shapes[name]!),
		state: optimizer.slots.map((slot) => input(`${name}:${slot.name}`, 'float32', shapes[name]!)),
		clock,
	}));
	const results = optimizer.update(updates);
	const round = updates.flatMap(({ parameter, state }, place) => [
		[parameter, results[place]!.parameter] as const,
		...state.map((slot, at) => [slot, results[place]!.state[at]!] as const),
	]);
	const inputs = [...round.map(([before]) => before), ...updates.map(({ gradient }) => gradient), ...Object.values(clock)];
	const model = emit({
		inputs: Object.fromEntries(inputs.map((value) => [value.name!, value])),
		outputs: Object.fromEntries(round.map(([before, after]) => [`next ${before.name!}`, after])),
	});
	const session = await createSession(writeOnnx(model), { threads: 1 });
	const owner = (name: string) => name.split(':')[0]!;
	let state: State = Object.fromEntries(
		round.map(([{ name }]) => [
			name!,
			from[name!] ?? Float32Array.from({ length: sizeOf(owner(name!)) }, (_, i) => (name!.includes(':') ? 0 : first(name!, i))),
		]),
	);
	const history: State[] = [];
	for (let t = done + 1; t <= done + count; t++) {
		const feeds: Record<string, Tensor> = { rate: tensor('float32', [], [rateAt(optimizer.rate, t)]), step: tensor('int32', [], [t]) };
		for (const [name, data] of Object.entries(state)) feeds[name] = { dtype: 'float32', shape: shapes[owner(name)]!, data };
		for (const name of moving)
			feeds[`gradient ${name}`] = tensor(
				'float32',
				shapes[name]!,
				Array.from({ length: sizeOf(name) }, (_, i) => gradientAt(name, i, t)),
			);
		const wanted = Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
		const outputs = await session.run(wanted);
		state = Object.fromEntries(Object.keys(state).map((name) => [name, (outputs[`next ${name}`]!.data as Float32Array).slice()]));
		history.push({ ...still, ...state });
	}
	await session.release();
	return history;
}

/** Table and slots of `embed.weight` after each of 20 steps that touch the rows r with (r + t) mod 3 ≠ 0, or all. */
export function runRows(optimizer: Optimizer, { all = false } = {}): State[] {
	const name = 'embed.weight';
	const [rows, width] = shapes[name] as [number, number];
	const begin = Float32Array.from({ length: sizeOf(name) }, (_, i) => first(name, i));
	const table = new Table({ name, names: [name], rows, width, ids: '', input: '', gradient: '' }, optimizer.slots, begin);
	return Array.from({ length: steps }, (_, done) => {
		const step = done + 1;
		const ids = Int32Array.from(Array.from({ length: rows }, (_, row) => row).filter((row) => all || (row + step) % 3 !== 0));
		const gradient = Float32Array.from({ length: ids.length * width }, (_, at) =>
			gradientAt(name, ids[Math.floor(at / width)]! * width + (at % width), step),
		);
		table.gather(ids);
		table.gradient(ids.length).set(gradient);
		table.update(ids, optimizer.updateRows!({ names: [name], rate: rateAt(optimizer.rate, step), step }));
		const slots = optimizer.slots.map((slot, place) => [`${name}:${slot.name}`, table.state[place]!.slice()] as const);
		return Object.fromEntries([[name, table.weights.slice()], ...slots]);
	});
}

/** The largest difference of two lists. */
export const farthest = (ours: ArrayLike<number>, theirs: ArrayLike<number>): number =>
	Array.from(theirs).reduce(
		(worst, number, i) => Math.max(worst, Math.abs(number - ours[i]!)),
		ours.length === theirs.length ? 0 : Number.POSITIVE_INFINITY,
	);
