// Parameter groups: rules by name.
import { ops, scope } from '../../graph/index.js';
import { matcher } from '../names.js';
import type { Optimizer, Update } from '../optimizer.js';
import { checkFlags, checkRanges } from '../ranges.js';
import { ranks, type Transform, transform } from '../transform.js';

/** A rule for the parameters whose names match. */
export interface Group {
	/** A regular expression: `'^embed\\.'`, `'bias$'`. */
	readonly match: string;
	/** Their rate as a share of the others'. Default 1. */
	readonly rate?: number;
	/** Whether weight decay and penalties apply. Default true. */
	readonly decay?: boolean;
	/** Whether they stay as they are: no gradient is computed, no norm counts them. Default false. */
	readonly frozen?: boolean;
}

/** Parameter groups, as the groups of a torch optimizer. The first rule that matches a name holds; a rule that matches none is refused when training begins. */
export function groups({ rules }: { rules: readonly Group[] }): Transform {
	if (!Array.isArray(rules))
		throw new TypeError(
			`groups: expected a list of rules, got ${JSON.stringify(rules)}. Pass { rules: [{ match: '^embed', rate: 0.1 }] }.`,
		);
	const known = ['match', 'rate', 'decay', 'frozen'];
	const unknown = rules.flatMap((rule) => Object.keys(rule)).find((name) => !known.includes(name));
	if (unknown !== undefined)
		throw new TypeError(`groups: expected rules of ${known.join(', ')}, got ${unknown}. Correct the name or leave it out.`);
	const whole = rules.map(({ match, rate = 1, decay = true, frozen = false }) => ({ match, rate, decay, frozen }));
	for (const { rate, decay, frozen } of whole) {
		checkRanges('groups', { rate: [rate, 0, Infinity] });
		checkFlags('groups', { decay, frozen });
	}
	const matchers = whole.map(({ match }) => matcher('groups', match));
	const ruleOf = (name: string) => whole[matchers.findIndex((matches) => matches(name))];

	return transform({ transform: 'groups', options: { rules: whole } }, ranks.groups, (inner) => ({
		update: (updates) => scope('groups', () => updateGroups(inner, updates)),
		updateRows:
			inner.updateRows &&
			((rows) => {
				const { rate = 1, decay = true, frozen = false } = ruleOf(rows.name) ?? {};
				if (!frozen) inner.updateRows!({ ...rows, rate: rows.rate * rate, exempt: rows.exempt || !decay });
			}),
		check(names) {
			for (const [place, { match }] of whole.entries()) {
				if (!names.some((name) => matchers[place]!(name)))
					throw new RangeError(`groups: expected ${match} to match a parameter, got none. The names are ${names.join(', ')}.`);
			}
			inner.check?.(names);
		},
	}));

	function updateGroups(inner: Optimizer, updates: readonly Update[]) {
		const moving = updates.filter(({ name }) => !ruleOf(name)?.frozen);
		const results = inner.update(moving.map(grouped));
		const after = new Map(moving.map((update, place) => [update, results[place]!]));
		return updates.map((update) => after.get(update) ?? update);
	}

	function grouped(update: Update): Update {
		const { rate = 1, decay = true } = ruleOf(update.name) ?? {};
		const { clock } = update;
		const own = rate === 1 ? clock : { ...clock, rate: ops.mul(clock.rate, rate) };
		return { ...update, clock: own, exempt: update.exempt || !decay };
	}
}
