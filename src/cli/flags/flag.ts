// A flag is a row of a table. Of the rows come the type of the values, parsing, checks, help and completion.
import type { FlagKind } from './kinds.js';

/** A flag. The key of its row is its name: `batchSize` is `--batch-size`. */
export interface Flag {
	readonly kind: FlagKind;
	/** What `--help` writes for the value, such as `N`. Not needed where the kind has choices or takes no value. */
	readonly value?: string;
	/** What it does, for `--help`. */
	readonly help: string;
	/** Other names that it is known by elsewhere, as they are typed. */
	readonly also?: readonly string[];
	/** The words there are, for completion, where the kind does not know them. */
	readonly words?: () => readonly string[] | Promise<readonly string[]>;
	/** The value where none is given. */
	readonly default?: unknown;
	/** The default in words, where it is no fixed value. */
	readonly otherwise?: string;
	/** The fact of the command without which the flag has no effect: a key of its `facts`. */
	readonly needs?: string;
	/** The flag that cannot be given with this one. */
	readonly not?: string;
	/** The flag that it belongs to: where that is given in a stronger place, this one is left out of a weaker one. */
	readonly of?: string;
	/** The heading that `--help` shows it under. */
	readonly group?: string;
	/** Makes it a source of other flags' values: the settings file that a value stands for. */
	readonly settings?: SettingsOf;
}

/** Which settings file the value of a flag stands for. */
export interface SettingsOf {
	path(value: string): string;
	/** Whether what has no effect is left out of it; else it is an error. */
	readonly lenient: boolean;
}

/** Flags by name. */
export type Flags = Readonly<Record<string, Flag>>;

/** The value of a flag: always there where it takes no word, may be repeated or has a default. */
type ValueOf<F extends Flag> =
	F['kind'] extends FlagKind<infer T>
		? T extends boolean | readonly unknown[]
			? T
			: F extends { readonly default: infer D }
				? D extends undefined
					? T | undefined
					: T
				: T | undefined
		: never;

/** The values of flags. */
export type Values<F extends Flags> = { readonly [K in keyof F]: ValueOf<F[K]> };

/** The facts that flags need. */
export type NeedsOf<F extends Flags> = { [K in keyof F]: F[K] extends { readonly needs: infer N extends string } ? N : never }[keyof F];

/** Flags that `--help` shows under one heading. */
export function group<const F extends Flags>(heading: string, flags: F): F {
	return Object.fromEntries(Object.entries(flags).map(([key, row]) => [key, { ...row, group: heading }])) as unknown as F;
}

/** The same flags, without effect but where a fact holds. */
export function needing<const F extends Flags, const N extends string>(needs: N, flags: F) {
	const rows = Object.entries(flags).map(([key, row]) => [key, { ...row, needs }]);
	return Object.fromEntries(rows) as unknown as { readonly [K in keyof F]: F[K] & { readonly needs: N } };
}

/** A flag's name as it is typed, without the dashes. */
export function kebab(key: string): string {
	return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A name as it is typed as a key. */
export function camel(name: string): string {
	return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** All names of a flag as they are typed, without the dashes; its own is the first. */
export function namesOf(key: string, { also = [] }: Pick<Flag, 'also'>): readonly string[] {
	return [kebab(key), ...also];
}

/** What a flag takes, for `--help`; nothing where it takes none. */
export function placeholderOf({ kind, value }: Flag): string {
	return kind.word ? (value ?? kind.choices?.join('|') ?? 'VALUE') : '';
}
