// A model's losses over a batch, and their gradients: in float32, or with the model between weights and outputs in float16.
import { input, ops, type Parameter, pullback, substitute, type Value, withFloatType } from '../../graph/index.js';
import { type Losses, lossesOf, type Named, type Trainable } from './model.js';

/** What is differentiated, and how. */
export interface Differentiation {
	readonly model: Trainable;
	readonly batch: Named;
	/** What the model makes of the batch: outputs, next states, and what its layers move. */
	readonly outputs: Named;
	readonly next: Named;
	readonly moved: ReadonlyMap<Parameter, Value>;
	/** Its losses over these outputs. */
	readonly losses: Losses;
	/** What gradients are wanted of. */
	readonly wanted: readonly Value[];
	/** What the sum of each loss counts: gradients are those of Σ scale · sum. Weights of losses count as constants. */
	readonly scalesOf: (losses: Losses) => Readonly<Record<string, Value>>;
}

/** Losses with their gradients. A value that no loss depends on has none. */
export interface Differentiated extends Pick<Differentiation, 'outputs' | 'next' | 'moved'> {
	readonly losses: Losses;
	readonly gradients: readonly (Value | undefined)[];
}

/** All in float32. */
export function differentiated({ outputs, next, moved, losses, wanted, scalesOf }: Differentiation): Differentiated {
	return { outputs, next, moved, losses, gradients: pullback(seedsOf(losses, scalesOf(losses)), wanted) };
}

/**
 * The model in float16, its losses in float32. Two graphs are differentiated by themselves, that of the losses over stand-ins for the outputs, and
 * the model's from stand-ins for the outputs' gradients; the second is then made anew in float16, and put together with the first.
 */
export function differentiatedInHalf({ model, batch, outputs, next, moved, wanted, scalesOf }: Differentiation): Differentiated {
	const standIns = Object.fromEntries(
		Object.entries(outputs).map(([name, { dtype, shape }]) => [
			name,
			dtype === 'float32' ? input(`output ${name}`, dtype, shape) : outputs[name]!,
		]),
	);
	const losses = lossesOf(model, standIns, batch);
	const places = Object.values(standIns);
	const fromLosses = pullback(seedsOf(losses, scalesOf(losses)), [...places, ...wanted]);
	const seeded = Object.values(outputs).flatMap((output, place) => {
		const gradient = fromLosses[place];
		return gradient && output !== places[place] ? [{ output, gradient, seed: input(`gradient ${place}`, 'float32', output.shape) }] : [];
	});
	const fromModel = pullback(
		seeded.map(({ output, seed }) => [output, seed] as const),
		wanted,
	);
	const known = fromModel.flatMap((gradient) => (gradient ? [gradient] : []));
	const whole = [...Object.values(outputs), ...Object.values(next), ...moved.values(), ...known];
	const half = withFloatType(whole, { to: 'float16', beginnings: 'cast' }).values.map((value, place) =>
		value.dtype === 'float16' && whole[place]!.dtype === 'float32' ? ops.cast(value, 'float32') : value,
	);
	const anew = new Map(whole.map((value, place) => [value, half[place]!]));
	const inHalf = (values: Named): Named => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, anew.get(value)!]));
	// Losses and what comes back from them, over the outputs in the place of their stand-ins.
	const made = inHalf(outputs);
	const overOutputs = new Map(
		Object.keys(outputs).flatMap((name) => (standIns[name] === outputs[name] ? [] : [[standIns[name]!, made[name]!] as const])),
	);
	const over = <T extends readonly Value[]>(values: T) => substitute(values, overOutputs);
	const names = Object.keys(losses);
	const parts = over(names.flatMap((name) => [losses[name]!.sum, losses[name]!.weight]));
	const seeds = over(seeded.map(({ gradient }) => gradient));
	const back = substitute(
		known.map((gradient) => anew.get(gradient)!),
		new Map(seeded.map(({ seed }, place) => [seed, seeds[place]!])),
	);
	const gradients = wanted.map((_, place) => {
		const direct = fromLosses[places.length + place];
		const through = fromModel[place] && back[known.indexOf(fromModel[place])];
		const own = direct && over([direct])[0];
		return own && through ? ops.add(own, through) : (own ?? through);
	});
	return {
		losses: Object.fromEntries(names.map((name, place) => [name, { sum: parts[2 * place]!, weight: parts[2 * place + 1]! }])),
		outputs: made,
		next: inHalf(next),
		moved: new Map([...moved].map(([parameter, value]) => [parameter, anew.get(value)!])),
		gradients,
	};
}

const seedsOf = (losses: Losses, scales: Readonly<Record<string, Value>>) =>
	Object.entries(losses).map(([name, { sum }]) => [sum, scales[name]!] as const);
