// Formats by the endings of paths, for `read` and `write`: a format is what a source or a sink of textloom's own reads or writes.
import type { Own } from './own.js';

/** What a source or a sink says of its format. */
export interface Format<Name extends string = string, Extension extends string = string> {
	readonly format: Name;
	/** How the paths of such files end, with the dot; `.gz` may come after it. */
	readonly extensions: readonly Extension[];
}

/** The functions of an index that have a format, by its name, as a type. */
export type ByFormat<Exports> = {
	[Key in keyof Exports as Exports[Key] extends Own<string, Format<infer Name>> ? Name : never]: Exports[Key];
};

/** The format that the ending of a path says; `never` where it says none, or is not known before the program runs. */
export type FormatOf<Path, Forms> = {
	[Name in keyof Forms]: Forms[Name] extends Own<string, Format<string, infer Extension>>
		? Path extends `${string}${Extension}` | `${string}${Extension}.gz`
			? Name
			: never
		: never;
}[keyof Forms] &
	string;

/** The same registry by the names of formats. */
export function byFormat<F extends Format>(forms: Readonly<Record<string, F>>): Readonly<Record<string, F>> {
	return Object.fromEntries(Object.values(forms).map((form) => [form.format, form]));
}

/** The format that the ending of a path says. */
export function formatAt(path: string, forms: Readonly<Record<string, Format>>): string | undefined {
	const name = path.toLowerCase().replace(/\.gz$/, '');
	return Object.values(forms).find(({ extensions }) => extensions.some((extension) => name.endsWith(extension)))?.format;
}

/** Says that a path names no format. */
export function unknownFormat(who: string, path: string, forms: Readonly<Record<string, Format>>): TypeError {
	const endings = Object.values(forms).flatMap(({ extensions }) => extensions);
	const names = Object.keys(forms).map((name) => `'${name}'`);
	return new TypeError(
		`${who}: expected a path that ends in ${endings.join(', ')} (.gz may come after it), got ${path}. Name its format: { format: ${names.join(' | ')} }.`,
	);
}
