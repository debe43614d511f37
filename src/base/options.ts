// Options and arguments checked at the boundary, by tables of their kinds.
import { inspect } from 'node:util';
import type { Kind } from './kinds.js';
import { nearest } from './nearest.js';

/** The kind of each option that a function takes. */
export type Kinds<O> = { readonly [K in keyof O]-?: Kind };

/** Options that a function does not have or cannot use; `given` is what was wrong of them. */
export class OptionError extends RangeError {
	readonly #given: unknown;

	constructor(message: string, given: unknown) {
		super(message);
		this.#given = given;
	}

	/** What of the options was refused: themselves, or the one by its name. */
	get given(): unknown {
		return this.#given;
	}
}

/**
 * The options as they came, when each is one of `kinds` and of its kind; `undefined` stands for an option that is left out.
 *
 * @throws {OptionError} that names the option, what was expected and what came; for a name that is misspelled the one that was meant.
 */
export function optionsOf<O extends object>(who: string, given: O, kinds: Kinds<NoInfer<O>>): O {
	const known = Object.keys(kinds);
	if (typeof given !== 'object' || given === null || Array.isArray(given)) {
		throw new OptionError(`${who}: expected an object of options, got ${shown(given)}. Pass one such as { ${known[0]}: … }.`, given);
	}
	for (const [name, value] of Object.entries(given)) {
		if (known.includes(name)) continue;
		const meant = nearest(name, known);
		const next = meant ? `Did you mean ${meant}?` : `It has ${known.join(', ')}.`;
		throw new OptionError(`${who}: expected an option that it has, got ${name}. ${next}`, { [name]: value });
	}
	for (const name of known as (keyof O & string)[]) {
		const kind: Kind = kinds[name];
		const value = given[name];
		if (value === undefined ? kind.needed : !kind.fits(value)) throw refusal(who, name, value, kind);
	}
	return given;
}

/** The argument as it came, when it is of the kind. `name` says which it is. */
export function argumentOf<T>(who: string, name: string, value: T, kind: Kind): T {
	if (kind.fits(value)) return value;
	throw refusal(who, name, value, { ...kind, needed: true });
}

function refusal(who: string, name: string, value: unknown, { expected, needed, next }: Kind): OptionError {
	const step = next ?? (needed ? (value === undefined ? 'Pass it.' : 'Correct it.') : 'Correct it, or leave it out.');
	return new OptionError(`${who}: expected ${name} to be ${expected}, got ${shown(value)}. ${step}`, { [name]: value });
}

/** A value in a message: one short line. */
function shown(value: unknown): string {
	if (value === undefined) return 'nothing';
	return inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 4, maxStringLength: 60 })
		.split('\n')[0]!
		.slice(0, 120);
}
