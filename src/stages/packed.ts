// Saved stages as plain JSON alone: the arrays of numbers that they learned as base64.
import type { AnyLearner, AnyStage, Numbers, Spec } from '../stream/index.js';
import { isOwn, type Revive, specParts } from '../stream/index.js';
import { reviveStages } from './own-stages.js';
import { type SavedStage, savedStages } from './saved-stages.js';

/** Stages in order, each with its options and what it learned, as plain JSON. */
export interface PackedStages {
	readonly stages: readonly SavedStage[];
	/** The arrays of numbers that stages learned, by the names that their states have for them: the kind of array, and its bytes (little-endian). */
	readonly numbers?: Readonly<Record<string, { readonly array: string; readonly base64: string }>>;
}

/** Your own stages, by name: functions from options and state to the stage. */
export interface CustomStages {
	readonly stages?: Readonly<Record<string, Revive>>;
}

/** The kinds of arrays that states hold. */
const arrays = { Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array };

/** Writes stages; those of the user's own must be among `custom`. `who` saves, `back` will be asked for them. */
export function packStages(
	spec: Spec,
	custom: Readonly<Record<string, Revive>>,
	{ who, back }: { who: string; back: string },
): PackedStages {
	for (const part of specParts(spec)) {
		if (isOwn(part) || Object.hasOwn(custom, part.stage)) continue;
		throw new TypeError(
			`${who}: expected stages of textloom, got "${part.stage}", a function of your own, which JSON cannot hold. Name it here and for ${back}: { stages: { ${JSON.stringify(part.stage)}: … } }.`,
		);
	}
	const { stages, numbers } = savedStages(spec, who);
	const packed = Object.entries(numbers).map(([name, array]) => {
		const base64 = Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
		return [name, { array: array.constructor.name, base64 }] as const;
	});
	return { stages, ...(packed.length > 0 && { numbers: Object.fromEntries(packed) }) };
}

/** The stages that were written, as one. */
export function unpackStages(
	{ stages, numbers = {} }: PackedStages,
	custom: Readonly<Record<string, Revive>>,
	{ who, by }: { who: string; by: string },
): AnyStage | AnyLearner {
	const whole = Object.fromEntries(Object.entries(numbers).map(([name, packed]) => [name, unpacked(name, packed, { who, by })]));
	return reviveStages({ stages, numbers: whole }, custom, who);
}

/** Whether something has the form of packed stages. */
export function isPacked<T extends Partial<PackedStages>>(data: T | null | undefined): data is T & PackedStages {
	return Array.isArray(data?.stages) && data.stages.every((spec) => typeof spec?.stage === 'string');
}

function unpacked(name: string, packed: { array?: unknown; base64?: unknown } | null, { who, by }: { who: string; by: string }): Numbers {
	const { array, base64 } = packed ?? {};
	const bytes = typeof base64 === 'string' ? Uint8Array.from(Buffer.from(base64, 'base64')) : undefined;
	if (typeof array === 'string' && Object.hasOwn(arrays, array) && bytes) {
		const kind = arrays[array as keyof typeof arrays];
		if (bytes.length % kind.BYTES_PER_ELEMENT === 0) return new kind(bytes.buffer);
	}
	throw new TypeError(
		`${who}: expected { array, base64 } as the numbers of "${name}", got ${JSON.stringify(packed)?.slice(0, 80)}. Pass what ${by} wrote.`,
	);
}

/** The data of a text of JSON. */
export function parsed<T>(text: string, { who, by }: { who: string; by: string }): T {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new TypeError(`${who}: expected JSON, got text that is not (${(error as Error).message}). Pass what ${by} wrote.`);
	}
}
