// Stages on their way to a file or a thread: plain JSON, and the arrays of numbers of their states by name.
import { canonical, type Json } from '../base/index.js';
import { isOwn, type Numbers, type Revive, type Spec, type State, specParts } from '../stream/index.js';

/** A stage as it is saved. */
export interface SavedStage {
	readonly stage: string;
	readonly options: Json;
	/** What it learned; an array of numbers is `{ "numbers": NAME }`. */
	readonly state?: Json;
	/** Whether it is the user's own, whatever its name. */
	readonly custom?: true;
}

/** Stages as they are saved, with the arrays of numbers that they learned. */
export interface SavedStages {
	readonly stages: readonly SavedStage[];
	readonly numbers: Readonly<Record<string, Numbers>>;
}

/** Functions that make the user's own stages of options and state, by name. */
export type Revivers = Readonly<Record<string, Revive>>;

/** In the place of an array of numbers: its name. */
export const numbersKey = 'numbers';

/** Writes a stage, or the stages of a chain. `who` is asked for what JSON cannot hold. */
export function savedStages(spec: Spec, who: string): SavedStages {
	const numbers: Record<string, Numbers> = {};
	const stages = specParts(spec).map((part, place): SavedStage => {
		const plain = (value: unknown, what: string): Json => JSON.parse(canonical(value, who, `${what} of "${part.stage}"`));
		const apart = (value: State, name: string): unknown => {
			if (ArrayBuffer.isView(value)) {
				numbers[name] = value as Numbers;
				return { [numbersKey]: name };
			}
			if (Array.isArray(value)) return value.map((item, i) => apart(item, `${name}.${i}`));
			if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
			return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, apart(item as State, `${name}.${field}`)]));
		};
		return {
			stage: part.stage,
			options: plain(part.options, 'options'),
			...(part.state !== undefined && { state: plain(apart(part.state, `${place}.${part.stage}`), 'state') }),
			...(!isOwn(part) && { custom: true as const }),
		};
	});
	return { stages, numbers };
}
