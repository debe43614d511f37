// Pipelines as data: stages to plain JSON and back.
import { type AnyStage, argumentOf, is, type Json, optionsOf, type Spec, specParts } from '../stream/index.js';
import { builtInStages, type Revive, reviveStages } from './built-in.js';
import { canonical } from './canonical.js';

/** The format of saved pipelines; a file of a higher one was written by a newer textloom. */
const format = 1;

/** A pipeline written down: its stages in order, each with its options and what it learned. */
export interface SavedPipeline {
	readonly format: number;
	readonly stages: readonly Spec[];
}

/** Your own stages, by name: functions from options and state to the stage. */
export interface CustomStages {
	readonly stages?: Readonly<Record<string, Revive>>;
}

/**
 * A stage, or a chain of them, as plain JSON. Equal pipelines give equal JSON, to the letter: chains are flat, keys sorted, defaults written out.
 * Stages of your own are written by name: name those that `fromJSON` will be given, too.
 *
 * @throws {TypeError} that names the stage which is a function of your own, or what in it is not JSON.
 *
 * @example
 * await writeFile('pipeline.json', JSON.stringify(toJSON(chain(clean(), words()))));
 */
export function toJSON(stage: AnyStage, own: CustomStages = {}): SavedPipeline {
	const { stages: custom = {} } = optionsOf('toJSON', own, { stages: is.object });
	argumentOf('toJSON', 'stage', stage, is.stage);
	const stages = specParts(stage.spec).map(({ stage: name, options, state }) => {
		if (!Object.hasOwn(custom, name) && !builtInStages.includes(name)) {
			throw new TypeError(
				`toJSON: expected stages of textloom, got "${name}", a function of your own, which JSON cannot hold. Name it here and for fromJSON: { stages: { ${JSON.stringify(name)}: … } }.`,
			);
		}
		const plain = (value: unknown, what: string): Json => JSON.parse(canonical(value, 'toJSON', `${what} of "${name}"`));
		return { stage: name, options: plain(options, 'options'), ...(state !== undefined && { state: plain(state, 'state') }) };
	});
	return { format, stages };
}

/**
 * The pipeline that `toJSON` wrote, as one stage; `saved` is its result or the text of it.
 *
 * @throws {RangeError} where a newer textloom wrote it.
 *
 * @example
 * const stages = fromJSON(await readFile('pipeline.json', 'utf8'));
 */
export function fromJSON(saved: string | SavedPipeline, own: CustomStages = {}): AnyStage {
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
	return reviveStages(stages, custom, 'fromJSON');
}

function parse(text: string): Partial<SavedPipeline> | null {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new TypeError(`fromJSON: expected JSON, got text that is not (${(error as Error).message}). Pass what toJSON wrote.`);
	}
}
