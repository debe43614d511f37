// Labels of samples as arrays have them: which there are, in their order, and the number of each.
import { inspect } from 'node:util';
import { byCodePoint, type Kind } from '../base/index.js';

/** What a class is called: a text, or a number. Those of one measurement are all texts or all numbers. */
export type Label = number | string;

const isLabel = (value: unknown): value is Label => typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value));

/** A kind of option: one label. */
export const labelKind: Kind = { expected: 'a label, which is a text or a number', fits: isLabel };

/** A kind of option: classes in their order. */
export const labelsKind: Kind = {
	expected: 'an array of labels that differ',
	fits: (value) => Array.isArray(value) && value.length > 0 && value.every(isLabel) && new Set(value).size === value.length,
};

/** The labels of arrays, by their names: numbers by size, texts by code point. Throws a TypeError for what is no label, and for both kinds. */
export function labelsIn(who: string, arrays: Readonly<Record<string, ArrayLike<Label>>>): Label[] {
	const seen = new Set<Label>();
	for (const [name, array] of Object.entries(arrays)) {
		for (let at = 0; at < array.length; at++) {
			const label = array[at];
			if (!isLabel(label)) {
				const got = `${inspect(label, { depth: 0, breakLength: Number.POSITIVE_INFINITY })} at place ${at}`;
				throw new TypeError(`${who}: expected ${name} to be texts or numbers, got ${got}. Correct it, or take it out.`);
			}
			seen.add(label);
		}
	}
	const labels = [...seen];
	const texts = labels.filter((label) => typeof label === 'string');
	if (texts.length === 0) return (labels as number[]).sort((a, b) => a - b);
	if (texts.length === labels.length) return texts.sort(byCodePoint);
	const number = labels.find((label) => typeof label === 'number')!;
	throw new TypeError(`${who}: expected labels that are all texts or all numbers, got ${show([texts[0]!, number])}. Convert one of them.`);
}

/** The place of each label among `labels`; −1 where it is not there. */
export function numbersOf(array: ArrayLike<Label>, labels: readonly Label[]): Int32Array {
	const places = new Map(labels.map((label, place) => [label, place]));
	const numbers = new Int32Array(array.length);
	for (let at = 0; at < numbers.length; at++) numbers[at] = places.get(array[at]!) ?? -1;
	return numbers;
}

/** Labels in a message: a few by name, the rest by number. */
export function show(labels: readonly Label[]): string {
	const shown = labels.map((label) => inspect(label));
	return shown.length <= 6 ? shown.join(', ') : `${shown.slice(0, 5).join(', ')} and ${shown.length - 5} more`;
}

/** Throws a RangeError where a label of samples is none of the classes. */
export function checkKnown(who: string, seen: readonly Label[], known: readonly Label[]): void {
	const classes = new Set(known);
	const lost = seen.find((label) => !classes.has(label));
	if (lost === undefined) return;
	throw new RangeError(`${who}: expected truth to be of the classes ${show(known)}, got ${show([lost])}. Add it to labels.`);
}
