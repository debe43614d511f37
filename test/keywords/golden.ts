// Golden values of keywords and summaries.
import { readFileSync } from 'node:fs';
import type { Keyword } from 'textloom/keywords';
import { expect } from 'vitest';

export function golden<T>(name: string): T {
	return JSON.parse(readFileSync(new URL(`../golden/keywords/${name}.json`, import.meta.url), 'utf8')) as T;
}

/** Keywords with their scores, as reference programs give them. */
export const pairsOf = (found: readonly Keyword[]): [string, number][] => found.map(({ keyword, score }) => [keyword, score]);

/** The same keywords, whatever their order, with scores that are the same to `digits` places. */
export function expectClose(found: readonly Keyword[], wanted: readonly (readonly [string, number])[], digits: number): void {
	const scores = new Map(pairsOf(found));
	expect([...scores.keys()].sort()).toEqual(wanted.map(([keyword]) => keyword).sort());
	for (const [keyword, score] of wanted) expect(scores.get(keyword), keyword).toBeCloseTo(score, digits);
}
