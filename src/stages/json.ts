// Pipelines as data: stages to plain JSON and back.
import { argumentOf, is, optionsOf } from '../base/index.js';
import type { AnyLearner, AnyStage } from '../stream/index.js';
import { type CustomStages, isPacked, type PackedStages, packStages, parsed, unpackStages } from './packed.js';

/** The format of saved pipelines; a file of a higher one was written by a newer textloom. */
const format = 2;

/** A pipeline written down: its stages in order, each with its options and what it learned. */
export interface SavedPipeline extends PackedStages {
	readonly format: number;
}

const names = { who: 'fromJSON', by: 'toJSON' };

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
	return { format, ...packStages(stage.spec, custom, { who: 'toJSON', back: 'fromJSON' }) };
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
	const data: Partial<SavedPipeline> | null = typeof saved === 'string' ? parsed(saved, names) : saved;
	if (typeof data?.format === 'number' && data.format > format) {
		throw new RangeError(
			`fromJSON: expected a pipeline of format ${format}, got ${data.format}, written by a newer textloom. Update textloom.`,
		);
	}
	if (data?.format !== format || !isPacked(data)) {
		throw new TypeError(
			`fromJSON: expected { format: ${format}, stages: [{ stage, options }, …] }, got ${JSON.stringify(data)?.slice(0, 80)}. Pass what toJSON wrote.`,
		);
	}
	return unpackStages(data, custom, names) as S;
}
