// Two fitted vocabularies as the counts of the documents of both.
import { addToken, hashOf } from '../terms/token-table.js';
import { addCounted, type Counted, nothing } from './counted.js';
import type { Vocabulary } from './fitted.js';

interface Options {
	readonly special: readonly string[];
	readonly minCount: number;
	readonly maxCount?: number;
	readonly size?: number;
	readonly ties?: string;
	readonly approximate?: object;
}

const optionsIn = ({ spec }: Vocabulary) => spec.options as unknown as Options;

/** The counts of both. Throws a RangeError where one does not have all of its own. */
export function merged(one: Vocabulary, other: Vocabulary): Counted {
	const [ours, theirs] = [optionsIn(one), optionsIn(other)];
	if (ours.special.length !== theirs.special.length || ours.special.some((token, id) => token !== theirs.special[id])) {
		throw refusal('the same special tokens', `${JSON.stringify(ours.special)} and ${JSON.stringify(theirs.special)}`);
	}
	const whole = countedOf(one);
	addCounted(whole, countedOf(other), { capacity: Number.POSITIVE_INFINITY, seen: false });
	return whole;
}

function countedOf(fitted: Vocabulary): Counted {
	const { minCount, maxCount, size, ties, approximate } = optionsIn(fitted);
	if (approximate) throw refusal('exact counts', 'approximate ones');
	if (ties === 'seen') throw refusal('ties by code point', "ties: 'seen', whose order both would have to share");
	const { tokens, counts } = fitted;
	const limited = Object.entries({ minCount: minCount > 1 && minCount, maxCount, size }).find(([, value]) => value);
	// Nothing is unknown where the limits left nothing out.
	if (limited && counts[1]! > 0) {
		throw refusal('all tokens', `a vocabulary with ${limited.join(' ')}`);
	}
	const all = nothing();
	for (const [id, token] of tokens.entries()) {
		if (counts[id]! === 0) continue;
		addToken(all.table, token, hashOf(token));
		all.counts.push(counts[id]!);
	}
	all.tokens = counts.reduce((sum, count) => sum + count, 0);
	return all;
}

function refusal(expected: string, got: string): RangeError {
	return new RangeError(
		`merge: expected vocabularies with ${expected}, got ${got}. Fit both without limits, and pass them: a.merge(b, { minCount: 2 }).`,
	);
}
