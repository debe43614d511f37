// Signatures of scores as sacreBLEU writes them: all that a number depends on, so that numbers can be compared.
import { version } from '../../base/version.js';

/** Settings by the names of sacreBLEU, in its order; true and false are written yes and no. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

/** `nrefs:1|case:mixed|…|version:textloom-0.1.0`; `nrefs:var` where texts have different numbers of references. */
export function signatureOf(references: readonly (readonly string[])[], ...settings: readonly Settings[]): string {
	const numbers = new Set(references.map(({ length }) => length));
	const all: Settings = Object.assign({ nrefs: numbers.size === 1 ? [...numbers][0]! : 'var' }, ...settings, {
		version: `textloom-${version}`,
	});
	return Object.entries(all)
		.map(([name, value]) => `${name}:${typeof value === 'boolean' ? (value ? 'yes' : 'no') : value}`)
		.join('|');
}
