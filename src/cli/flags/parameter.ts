// The arguments of a command that are no flags, by name, in their order.
import { UsageError } from '../usage-error.js';
import type { FlagKind } from './kinds.js';

/** An argument. */
export interface Parameter {
	readonly kind: FlagKind;
	/** What `--help` writes for it, such as `RUN`. */
	readonly value: string;
	readonly help: string;
	/** The words there are, for completion, where the kind does not know them. */
	readonly words?: () => readonly string[] | Promise<readonly string[]>;
	/** How many there may be: one (default), one or none, one or more, any number. Of several only the last parameter may have many. */
	readonly takes?: 'one' | 'optional' | 'some' | 'any';
}

/** Arguments by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

type ArgumentOf<P extends Parameter> =
	P['kind'] extends FlagKind<infer T>
		? P extends { readonly takes: infer H }
			? H extends 'some' | 'any'
				? readonly T[]
				: H extends 'optional'
					? T | undefined
					: T
			: T
		: never;

/** The values of arguments. */
export type Arguments<P extends Parameters> = { readonly [K in keyof P]: ArgumentOf<P[K]> };

const isMany = ({ takes }: Parameter) => takes === 'some' || takes === 'any';

/** A parameter as usage shows it: in brackets where it may be left out, with `…` where there may be several. */
export function shownParameter(parameter: Parameter): string {
	const { value, takes } = parameter;
	const name = isMany(parameter) ? `${value}…` : value;
	return takes === 'optional' || takes === 'any' ? `[${name}]` : name;
}

/** All parameters as usage shows them. */
export function shownParameters(parameters: Parameters): string {
	return Object.values(parameters).map(shownParameter).join(' ');
}

/** The words by parameter, as far as they go. Throws for words too many. */
export function assign(words: readonly string[], parameters: Parameters): Record<string, string | readonly string[]> {
	const rows = Object.entries(parameters);
	const many = rows.length > 0 && isMany(rows.at(-1)![1]);
	if (words.length > rows.length && !many) {
		throw new UsageError(`expected ${shownParameters(parameters) || 'no arguments'}, got ${words.join(' ')}.`);
	}
	const given = rows.map(([key, row], place) => [key, isMany(row) ? words.slice(place) : words[place]] as const);
	return Object.fromEntries(given.filter(([, value]) => value !== undefined && value.length > 0)) as Record<string, string>;
}

/** Throws where an argument is missing or is not of its kind. What may be left out gets an empty list or `undefined`. */
export function checkArguments(given: Readonly<Record<string, unknown>>, parameters: Parameters): Record<string, unknown> {
	const checked = Object.entries(parameters).map(([key, row]) => {
		const value = given[key];
		const values = [value].flat().filter((item) => item !== undefined);
		if (values.length === 0 && row.takes !== 'optional' && row.takes !== 'any') {
			throw new UsageError(`expected ${shownParameters(parameters)}, got ${Object.values(given).flat().join(' ') || 'nothing'}.`);
		}
		if (values.length > 1 && !isMany(row)) throw new UsageError(`expected one ${row.value}, got ${values.join(' ')}.`);
		const wrong = values.find((item) => !row.kind.fits(item));
		if (wrong !== undefined) throw new UsageError(`expected ${row.kind.expected} for ${row.value}, got ${JSON.stringify(wrong)}.`);
		return [key, isMany(row) ? values : value];
	});
	return Object.fromEntries(checked);
}
