// What a look into a step finds: gradients too small or too large, units that are dead, updates out of proportion.
import type { Session, Tensor } from '../../graph/index.js';
import { deadName, normName } from './names.js';
import type { Tensors } from './turns.js';

/** A look into one step. */
export interface Diagnosis {
	/** By parameter: the norm of its gradient, and the norm of its update ÷ the norm of the parameter (about 1e-3 is usual). */
	readonly parameters: Readonly<Record<string, { readonly gradient: number; readonly update: number }>>;
	/** By layer: the share of units that no sample of the batch has woken. */
	readonly dead: Readonly<Record<string, number>>;
}

/** The scalars that a diagnosing graph gives, by the names of parameters and layers. */
export async function look(
	session: Session,
	feeds: Readonly<Record<string, Tensor>>,
): Promise<{ norms: Record<string, number>; dead: Record<string, number> }> {
	const wanted = session.outputs.filter((name) => name.startsWith(normName('')) || name.startsWith(deadName('')));
	const results = await session.run(feeds, { outputs: wanted });
	const under = (prefix: string) =>
		Object.fromEntries(
			wanted.flatMap((name) => (name.startsWith(prefix) ? [[name.slice(prefix.length), Number(results[name]!.data[0])]] : [])),
		);
	return { norms: under(normName('')), dead: under(deadName('')) };
}

/** Norms of updates ÷ norms of weights, by name. */
export function updateRatios(before: Tensors, after: Tensors): Record<string, number> {
	return Object.fromEntries(
		Object.entries(after).map(([name, { data }]) => {
			const [now, was] = [data as Float32Array, before[name]!.data as Float32Array];
			let [moved, size] = [0, 0];
			for (let i = 0; i < now.length; i++) {
				moved += (now[i]! - was[i]!) ** 2;
				size += now[i]! ** 2;
			}
			return [name, Math.sqrt(moved / Math.max(size, Number.MIN_VALUE))];
		}),
	);
}

/** The first weight that is no number, or the largest one, with its name; for a message. */
export function worstOf(weights: Tensors): string {
	let worst = { name: '', size: -1 };
	for (const [name, { data }] of Object.entries(weights)) {
		for (const number of data as Float32Array) {
			if (!Number.isFinite(number)) return `${name} holds ${number}`;
			if (Math.abs(number) > worst.size) worst = { name, size: Math.abs(number) };
		}
	}
	return worst.name === '' ? 'nothing learns' : `the largest weight is ${worst.size.toPrecision(3)}, in ${worst.name}`;
}
