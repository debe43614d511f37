// Saved stages made again. Which there are is for the caller to say: a thread loads no more than it needs.
import { type Json, OptionError } from '../base/index.js';
import { type AnyLearner, type AnyStage, chain, type Revive, type State } from '../stream/index.js';
import { numbersKey, type Revivers, type SavedStage, type SavedStages } from './saved-stages.js';

/** The stages that were saved, as one, of those of textloom's `own`. `custom` supplies the user's own; `who` is asked for them. */
export function reviveOf(own: Revivers, { stages, numbers }: SavedStages, custom: Revivers, who: string): AnyStage | AnyLearner {
	const whole = (value: Json | undefined): State | undefined => {
		if (typeof value !== 'object' || value === null) return value;
		if (Array.isArray(value)) return value.map((item) => whole(item)!);
		const entries = Object.entries(value as Readonly<Record<string, Json>>);
		const [first] = entries;
		if (entries.length === 1 && first![0] === numbersKey && typeof first![1] === 'string' && Object.hasOwn(numbers, first![1]))
			return numbers[first![1]]!;
		return Object.fromEntries(entries.map(([field, item]) => [field, whole(item)!]));
	};
	const revived = stages.map((saved) => {
		const { stage, options, custom: yours } = saved;
		const state = whole(saved.state);
		if (yours) {
			if (Object.hasOwn(custom, stage)) return custom[stage]!(options as never, state);
			throw new TypeError(
				`${who}: expected a stage of yours called "${stage}", got none. Supply it: { stages: { ${JSON.stringify(stage)}: … } }.`,
			);
		}
		if (Object.hasOwn(own, stage)) return reviveOwn(own[stage]!, saved, state, who);
		throw new TypeError(`${who}: expected a stage of textloom, got "${stage}". Was it saved by a newer textloom? Update.`);
	});
	return revived.length === 1 ? revived[0]! : chain(...revived);
}

/** A stage of textloom's own. Options that it does not have are those of another version: left out, they would change what it does. */
function reviveOwn(revive: Revive, { stage, options }: SavedStage, state: State | undefined, who: string): AnyStage | AnyLearner {
	try {
		return revive(options as never, state);
	} catch (error) {
		if (!(error instanceof OptionError)) throw error;
		throw new RangeError(
			`${who}: expected options of ${stage} that this version has, got ${JSON.stringify(error.given)?.slice(0, 80)}. Was it saved by a newer textloom? Update.`,
			{ cause: error },
		);
	}
}
