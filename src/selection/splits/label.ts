// The labels of documents: where they are found, and which values are some.
import { is, type Kind } from '../../base/index.js';

/** What names the class of a document, or its group. */
export type Label = string | number | boolean;

/** Where the label of a document is: in a field, or made of the document. */
export type LabelOf<D> = (keyof D & string) | ((doc: D) => Label);

/** The kind of that. */
export const labelOfKind: Kind = is.either({ expected: 'the name of a field', fits: is.name.fits }, is.function);

const isLabel = (value: unknown): value is Label => typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

/** Throws a TypeError for what is no label; documents are counted from 1. */
export function expectLabel(who: string, value: unknown, place: number, where = 'label'): asserts value is Label {
	if (isLabel(value)) return;
	const got = value === undefined ? 'nothing' : typeof value === 'object' && value !== null ? 'an object' : String(value);
	throw new TypeError(
		`${who}: expected a text, a number or a truth value as ${where} of document ${place + 1}, got ${got}. Name the field of the label, or leave such documents out.`,
	);
}

/** The label of each document. */
export function labelReader<D>(who: string, of: LabelOf<D>): (doc: D, place: number) => Label {
	const where = typeof of === 'function' ? 'label' : `"${of}"`;
	return (doc, place) => {
		const found: unknown = typeof of === 'function' ? of(doc) : (doc as Record<string, unknown> | null | undefined)?.[of];
		expectLabel(who, found, place, where);
		return found;
	};
}

/** A label in a message. */
export const shownLabel = (label: Label) => JSON.stringify(label).slice(0, 60);
