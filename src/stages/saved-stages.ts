// Stages on their way to a file or a thread: plain JSON, and the arrays of numbers of their states by name.
import { canonical, type Json, OptionError } from '../base/index.js';
import * as chinese from '../chinese/index.js';
import * as classic from '../classic/index.js';
import * as embeddings from '../embeddings/index.js';
import * as features from '../features/index.js';
import * as keywords from '../keywords/index.js';
import {
	type AnyLearner,
	type AnyStage,
	chain,
	isOwn,
	type Numbers,
	ownStagesOf,
	type Revive,
	type Spec,
	type State,
	specParts,
} from '../stream/index.js';
import * as stream from '../stream/public.js';
import * as text from '../text/index.js';

/** A stage as it is saved. */
export interface SavedStage {
	readonly stage: string;
	readonly options: Json;
	/** What it learned; an array of numbers is `{ "numbers": NAME }`. */
	readonly state?: Json;
	/** Whether it is the user's own, whatever its name. */
	readonly custom?: true;
}

/** Stages as they are saved, with the arrays of numbers that they learned. */
export interface SavedStages {
	readonly stages: readonly SavedStage[];
	readonly numbers: Readonly<Record<string, Numbers>>;
}

/** Functions that make the user's own stages of options and state, by name. */
export type Revivers = Readonly<Record<string, Revive>>;

/** Every stage of textloom's own that an index exports, by its name there. */
const ownStages = ownStagesOf({ ...stream, ...text, ...chinese, ...features, ...classic, ...keywords, ...embeddings });

/** The names of textloom's own stages. */
export const ownStageNames: readonly string[] = Object.keys(ownStages);

const key = 'numbers';

/** Writes a stage, or the stages of a chain. `who` is asked for what JSON cannot hold. */
export function savedStages(spec: Spec, who: string): SavedStages {
	const numbers: Record<string, Numbers> = {};
	const stages = specParts(spec).map((part, place): SavedStage => {
		const plain = (value: unknown, what: string): Json => JSON.parse(canonical(value, who, `${what} of "${part.stage}"`));
		const apart = (value: State, name: string): unknown => {
			if (ArrayBuffer.isView(value)) {
				numbers[name] = value as Numbers;
				return { [key]: name };
			}
			if (Array.isArray(value)) return value.map((item, i) => apart(item, `${name}.${i}`));
			if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
			return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, apart(item as State, `${name}.${field}`)]));
		};
		return {
			stage: part.stage,
			options: plain(part.options, 'options'),
			...(part.state !== undefined && { state: plain(apart(part.state, `${place}.${part.stage}`), 'state') }),
			...(!isOwn(part) && { custom: true as const }),
		};
	});
	return { stages, numbers };
}

/** The stages that were saved, as one. `custom` supplies the user's own; `who` is asked for them. */
export function reviveStages({ stages, numbers }: SavedStages, custom: Revivers = {}, who = 'load'): AnyStage | AnyLearner {
	const whole = (value: Json | undefined): State | undefined => {
		if (typeof value !== 'object' || value === null) return value;
		if (Array.isArray(value)) return value.map((item) => whole(item)!);
		const entries = Object.entries(value as Readonly<Record<string, Json>>);
		const [first] = entries;
		if (entries.length === 1 && first![0] === key && typeof first![1] === 'string' && Object.hasOwn(numbers, first![1]))
			return numbers[first![1]]!;
		return Object.fromEntries(entries.map(([field, item]) => [field, whole(item)!]));
	};
	const revived = stages.map(({ stage, options, state, custom: yours }) => {
		if (yours) {
			if (Object.hasOwn(custom, stage)) return custom[stage]!(options as never, whole(state));
			throw new TypeError(
				`${who}: expected a stage of yours called "${stage}", got none. Supply it: { stages: { ${JSON.stringify(stage)}: … } }.`,
			);
		}
		if (Object.hasOwn(ownStages, stage)) return reviveOwn(stage, options, whole(state), who);
		throw new TypeError(`${who}: expected a stage of textloom, got "${stage}". Was it saved by a newer textloom? Update.`);
	});
	return revived.length === 1 ? revived[0]! : chain(...revived);
}

/** A stage of textloom's own. Options that it does not have are those of another version: left out, they would change what it does. */
function reviveOwn(stage: string, options: Json, state: State | undefined, who: string): AnyStage | AnyLearner {
	try {
		return ownStages[stage]!(options as never, state);
	} catch (error) {
		if (!(error instanceof OptionError)) throw error;
		throw new RangeError(
			`${who}: expected options of ${stage} that this version has, got ${JSON.stringify(error.given)?.slice(0, 80)}. Was it saved by a newer textloom? Update.`,
			{ cause: error },
		);
	}
}
