// What a stage needs of a document: fields and the kind of each, looked at before its work.
import type { SparseVector } from '../sparse/index.js';

interface Checked {
	/** The kind in an error. */
	readonly what: string;
	readonly holds: (value: unknown) => boolean;
	/** The same as code over a variable, for the advice in an error. */
	readonly code: (field: string) => string;
	/** A stage that adds such a field. */
	readonly addedBy?: string;
}

const kinds = {
	text: { what: 'a text', holds: (value) => typeof value === 'string', code: (field) => `typeof ${field} === 'string'` },
	// The first alone: a look at every token would cost more than some stages do.
	texts: {
		what: 'an array of texts',
		holds: (value) => Array.isArray(value) && (value.length === 0 || typeof value[0] === 'string'),
		code: (field) => `Array.isArray(${field})`,
		addedBy: 'words()',
	},
	name: {
		what: 'a text, a number or a truth value',
		holds: (value) => typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value),
		code: (field) => `['string', 'number', 'boolean'].includes(typeof ${field})`,
	},
	number: { what: 'a number', holds: (value) => typeof value === 'number', code: (field) => `typeof ${field} === 'number'` },
	ids: {
		what: 'an Int32Array',
		holds: (value) => value instanceof Int32Array,
		code: (field) => `${field} instanceof Int32Array`,
		addedBy: 'a fitted vocabulary()',
	},
	features: {
		what: 'a sparse vector',
		holds: (value) => {
			const { indices, values, size } = (value ?? {}) as Partial<SparseVector>;
			return indices instanceof Int32Array && indices.length === values?.length && typeof size === 'number';
		},
		code: (field) => `${field}?.indices instanceof Int32Array`,
		addedBy: 'a fitted tfidf()',
	},
} satisfies Record<string, Checked>;

/** A kind of field: a string, an array of strings, what names a class (a string, a number, true or false), a number, an Int32Array, a SparseVector. */
export type FieldKind = keyof typeof kinds;

/** The fields that a document must have, with their kinds. */
export type FieldNeeds<Needs extends object> = Readonly<Partial<Record<Extract<keyof NoInfer<Needs>, string>, FieldKind>>>;

/** A function that throws a TypeError for a document that lacks one of the fields. */
export function checkOf(stage: string, needs: Readonly<Record<string, FieldKind | undefined>> = {}): (doc: unknown) => void {
	const rows = Object.entries(needs).map(([field, kind]): readonly [string, Checked] => [field, kinds[kind!]]);
	return (doc) => {
		for (let i = 0; i < rows.length; i++) {
			const [field, kind] = rows[i]!;
			const value = (doc as Record<string, unknown> | null | undefined)?.[field];
			if (!kind.holds(value)) throw new TypeError(`${stage}: ${lacking(doc, field, kind, value)}`);
		}
	};
}

function lacking(doc: unknown, field: string, { what, code, addedBy }: Checked, value: unknown): string {
	if (typeof doc !== 'object' || doc === null) {
		return `expected a document with the field "${field}", got ${shown(doc)}. Make each an object: items.map((${field}) => ({ ${field} })).`;
	}
	const cure = curing(field, what, value);
	if (cure) return `expected ${what} in the field "${field}", got ${shown(value)}. ${cure}`;
	const next =
		value === undefined && addedBy !== undefined
			? `Is a stage that adds it (${addedBy}) before this one?`
			: `Name the field so, or leave such records out: pipe(source, filter(({ ${field} }) => ${code(field)}), …).`;
	return `expected ${what} in the field "${field}", got ${value === undefined ? insteadOf(doc) : shown(value)}. ${next}`;
}

/** What makes the field of a text, as CSV has it. */
function curing(field: string, what: string, value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	if (what === kinds.number.what && value.trim() !== '' && Number.isFinite(Number(value)))
		return `Make it one: map(({ ${field} }) => ({ ${field}: Number(${field}) })).`;
	return what === kinds.texts.what ? `Cut it: map(({ ${field} }) => ({ ${field}: ${field}.split(',') })).` : undefined;
}

/** What a document has in place of a field. */
function insteadOf(doc: object): string {
	const names = Object.keys(doc);
	return names.length === 0 ? 'nothing' : `nothing (it has ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''})`;
}

function shown(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
	if (Array.isArray(value)) return value.length > 0 ? `an array that begins with ${typeof value[0]}` : 'an empty array';
	return typeof value === 'object' && value !== null ? `an object (${value.constructor?.name ?? 'no class'})` : String(value);
}
