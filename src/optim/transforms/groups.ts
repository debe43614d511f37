// Parameter groups: rules by name.

import { is, type Kinds, optionsOf } from '../../base/index.js';
import { ops } from '../../graph/index.js';
import { matcher, namePattern } from '../names.js';
import type { Update } from '../optimizer.js';
import { rateOf } from '../rate.js';
import { ranks, type Transform, transform } from '../transform.js';

/** A rule for the parameters whose names match. */
export interface Group {
	/** A regular expression: `'^embed\\.'`, `'bias$'`. One of a parameter's names is enough. */
	readonly match: string;
	/** Their rate as a share of the others'. Default 1. */
	readonly rate?: number;
	/** Whether weight decay and penalties apply. Default true. */
	readonly decay?: boolean;
	/** Whether they stay as they are: no gradient is computed, no norm counts them. Default false. */
	readonly frozen?: boolean;
}

/** Options of `groups`. */
export interface GroupsOptions {
	readonly rules: readonly Group[];
}

const kinds: Kinds<GroupsOptions> = {
	rules: {
		...is.needed({ expected: 'an array of rules', fits: Array.isArray }),
		next: "Pass { rules: [{ match: '^embed', rate: 0.1 }] }.",
	},
};
const ruleKinds: Kinds<Group> = { match: is.needed(namePattern), rate: is.number(0), decay: is.flag, frozen: is.flag };

/**
 * Parameter groups, as the groups of a torch optimizer. The first rule that matches one of a parameter's names holds;
 * a rule that matches no parameter is refused when training begins.
 */
export function groups(given: GroupsOptions): Transform {
	const rules = optionsOf('groups', given, kinds).rules.map((rule) => {
		const { match, rate = 1, decay = true, frozen = false } = optionsOf('groups', rule, ruleKinds);
		return { match, rate, decay, frozen };
	});
	const matchers = rules.map(({ match }) => matcher(match));
	const others = { rate: 1, decay: true, frozen: false };
	const ruleOf = (names: readonly string[]) => rules[matchers.findIndex((matches) => matches(names))] ?? others;

	return transform({ transform: 'groups', options: { rules } }, ranks.groups, (inner) => ({
		update: (updates) => inner.update(updates.map(grouped)),
		updateRows:
			inner.updateRows &&
			((clock) => {
				const { rate, decay } = moving(clock.names);
				return inner.updateRows!({ ...clock, rate: clock.rate * rate, exempt: Boolean(clock.exempt) || !decay });
			}),
		freezes: (names) => ruleOf(names).frozen || Boolean(inner.freezes?.(names)),
		check(all) {
			for (const [place, { match }] of rules.entries()) {
				if (all.some(matchers[place]!)) continue;
				throw new RangeError(`groups: expected ${match} to match a parameter, got none. The names are ${all.flat().join(', ')}.`);
			}
			inner.check?.(all);
		},
	}));

	function grouped(update: Update): Update {
		const { rate, decay } = moving(update.names);
		const { clock } = update;
		const own = rate === 1 ? clock : { ...clock, rate: ops.mul(rateOf(update), rate) };
		return { ...update, clock: own, exempt: Boolean(update.exempt) || !decay };
	}

	/** The rule of a parameter that learns. */
	function moving(names: readonly string[]) {
		const rule = ruleOf(names);
		if (!rule.frozen) return rule;
		throw new TypeError(`groups: expected no update of what a rule freezes, got ${names.join(', ')}. Leave out what \`freezes\` names.`);
	}
}
