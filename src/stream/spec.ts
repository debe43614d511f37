// What a stage is, written down: its name, its options, and what it learned.
import type { Json } from '../base/index.js';

/** An array of numbers in a state. */
export type Numbers = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** What a stage learned: plain JSON, and arrays of numbers in it, which are saved as tensors and shared with threads. */
export type State = Json | Numbers | readonly State[] | { readonly [key: string]: State };

/** A stage written down. */
export interface Spec {
	readonly stage: string;
	readonly options: Json;
	/** What the stage learned from data (a vocabulary, document counts). */
	readonly state?: State;
	/** The stages of a chain, in order. */
	readonly parts?: readonly Spec[];
}

/** The specs of textloom's own stages. A name alone says nothing: yours may have the same. */
const own = new WeakSet<Spec>();

/** Whether a spec is that of a stage of textloom's own. */
export function isOwn(spec: Spec): boolean {
	return own.has(spec);
}

/** Marks what was made as textloom's own. */
export function markOwn<U extends { readonly spec: Spec }>(unit: U): U {
	own.add(unit.spec);
	return unit;
}

/** The descriptions of a chain's stages in order; a stage that is no chain is its only part. */
export function specParts(spec: Spec): readonly Spec[] {
	return spec.parts?.flatMap(specParts) ?? [spec];
}
