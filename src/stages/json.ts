// Pipelines as data: stages to plain JSON and back.
import { argumentOf, is, optionsOf } from '../base/index.js';
import { type AnyLearner, type AnyStage, isOwn, type Numbers, type Revive, specParts } from '../stream/index.js';
import { reviveStages, type SavedStage, savedStages } from './saved-stages.js';

/** The format of saved pipelines; a file of a higher one was written by a newer textloom. */
const format = 2;

/** A pipeline written down: its stages in order, each with its options and what it learned. */
export interface SavedPipeline {
	readonly format: number;
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

const pipelineKind = {
	expected: 'a stage, or something that learns one',
	fits: (value: unknown) => is.spec.fits((value as { spec?: unknown } | null)?.spec),
	next: 'Make it with map() or stage().',
};

/**
 * A stage, or a chain of them, as plain JSON. Equal pipelines give equal JSON, to the letter: chains are flat, keys sorted, defaults written out.
 * Stages of your own are written by name: name those that `fromJSON` will be given, too.
 *
 * @throws {TypeError} that names the stage which is a function of your own, or what in it is not JSON.
 *
 * @example
 * await writeFile('pipeline.json', JSON.stringify(toJSON(chain(clean(), words()))));
 */
export function toJSON(stage: AnyStage | AnyLearner, own: CustomStages = {}): SavedPipeline {
	const { stages: custom = {} } = optionsOf('toJSON', own, { stages: is.object });
	argumentOf('toJSON', 'stage', stage, pipelineKind);
	for (const part of specParts(stage.spec)) {
		if (isOwn(part) || Object.hasOwn(custom, part.stage)) continue;
		throw new TypeError(
			`toJSON: expected stages of textloom, got "${part.stage}", a function of your own, which JSON cannot hold. Name it here and for fromJSON: { stages: { ${JSON.stringify(part.stage)}: … } }.`,
		);
	}
	const { stages, numbers } = savedStages(stage.spec, 'toJSON');
	const packed = Object.entries(numbers).map(([name, array]) => {
		const base64 = Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
		return [name, { array: array.constructor.name, base64 }] as const;
	});
	return { format, stages, ...(packed.length > 0 && { numbers: Object.fromEntries(packed) }) };
}

/**
 * The pipeline that `toJSON` wrote, as one stage, or as one learner where it was saved before it had learned; `saved` is its result or the text of it.
 *
 * @throws {RangeError} where a newer textloom wrote it.
 *
 * @example
 * const stages = fromJSON(await readFile('pipeline.json', 'utf8'));
 */
export function fromJSON<S extends AnyStage | AnyLearner = AnyStage>(saved: string | SavedPipeline, own: CustomStages = {}): S {
	const { stages: custom = {} } = optionsOf('fromJSON', own, { stages: is.object });
	const data: Partial<SavedPipeline> | null = typeof saved === 'string' ? parse(saved) : saved;
	if (typeof data?.format === 'number' && data.format > format) {
		throw new RangeError(
			`fromJSON: expected a pipeline of format ${format}, got ${data.format}, written by a newer textloom. Update textloom.`,
		);
	}
	const { stages } = data ?? {};
	if (data?.format !== format || !Array.isArray(stages) || !stages.every((spec) => typeof spec?.stage === 'string')) {
		throw new TypeError(
			`fromJSON: expected { format: ${format}, stages: [{ stage, options }, …] }, got ${JSON.stringify(data)?.slice(0, 80)}. Pass what toJSON wrote.`,
		);
	}
	const numbers = Object.fromEntries(Object.entries(data.numbers ?? {}).map(([name, packed]) => [name, unpacked(name, packed)]));
	return reviveStages({ stages, numbers }, custom, 'fromJSON') as S;
}

function unpacked(name: string, packed: { array?: unknown; base64?: unknown } | null): Numbers {
	const { array, base64 } = packed ?? {};
	const bytes = typeof base64 === 'string' ? Uint8Array.from(Buffer.from(base64, 'base64')) : undefined;
	if (typeof array === 'string' && Object.hasOwn(arrays, array) && bytes) {
		const kind = arrays[array as keyof typeof arrays];
		if (bytes.length % kind.BYTES_PER_ELEMENT === 0) return new kind(bytes.buffer);
	}
	throw new TypeError(
		`fromJSON: expected { array, base64 } as the numbers of "${name}", got ${JSON.stringify(packed)?.slice(0, 80)}. Pass what toJSON wrote.`,
	);
}

function parse(text: string): Partial<SavedPipeline> | null {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new TypeError(`fromJSON: expected JSON, got text that is not (${(error as Error).message}). Pass what toJSON wrote.`);
	}
}
