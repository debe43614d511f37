// Every layer, with inputs it takes and one that it refuses: what the contract, the golden tests and those of options run over.
import { activations } from './activations.js';
import { composed } from './composed.js';
import { convolution } from './convolution.js';
import { plain } from './plain.js';
import { pooling } from './pooling.js';
import type { Forms, LayerForm, Rows } from './row.js';
import { sequences } from './sequences.js';

export * from './row.js';

/** The lengths of the texts, where a layer takes them. */
export const lengths = [5, 3];

/** One row for each layer, all built anew: the type demands the rows. */
export const build = (): Rows => ({ ...plain(), ...activations(), ...convolution(), ...pooling(), ...composed(), ...sequences() });

export const layers = build();

/** The forms of a layer by their names. */
export const formsOf = (row: Forms): Readonly<Record<string, LayerForm>> => ('forms' in row ? row.forms : row.golden);

/** All forms by their names. */
export const allForms = (rows: Rows): readonly (readonly [name: string, form: LayerForm])[] =>
	Object.values<Forms>(rows).flatMap((row) => Object.entries(formsOf(row)));
