// What a vocabulary learned, out of a saved pipeline.
import type { Learned } from './learned.js';

/** What a state says. Throws a TypeError where it is not one that `fit` wrote. */
export function learnedIn(state: unknown, special: readonly string[]): Learned {
	const { tokens, counts, error = 0 } = (state ?? {}) as { tokens?: unknown; counts?: unknown; error?: unknown };
	const fail = (got: string): never => {
		throw new TypeError(
			`vocabulary: expected a state { tokens: [${special.join(', ')}, …], counts: […] } of strings that differ, got ${got}. Save the pipeline again.`,
		);
	};
	const isCount = (count: unknown) => Number.isSafeInteger(count) && (count as number) >= 0;
	if (!Array.isArray(tokens)) return fail(`${JSON.stringify(state)?.slice(0, 60)}`);
	const wrong = tokens.findIndex((token) => typeof token !== 'string');
	if (wrong >= 0) fail(`${JSON.stringify(tokens[wrong])} at ${wrong}`);
	const misplaced = special.findIndex((token, id) => tokens[id] !== token);
	if (misplaced >= 0) fail(`${JSON.stringify(tokens[misplaced])} at ${misplaced}`);
	if (new Set(tokens).size < tokens.length) fail(`'${repeated(tokens)}' twice`);
	if (!Array.isArray(counts) || counts.length !== tokens.length || !counts.every(isCount)) {
		return fail(`counts that are not ${tokens.length} whole numbers`);
	}
	if (!isCount(error)) fail(`the error ${JSON.stringify(error)}`);
	return { tokens, counts, error: error as number };
}

function repeated(tokens: readonly string[]): string | undefined {
	const seen = new Set<string>();
	return tokens.find((token) => seen.size === seen.add(token).size);
}
