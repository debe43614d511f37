// What is refused: rows say a call and what its error says; the tests of such rows are made here.
import { expect, it } from 'vitest';

/** A call that is refused, and the error, or what it says: its beginning or a part of it. */
export type Refusal = readonly [call: () => unknown, says: string | RegExp | Error];

/** Refusals of what `Make` takes: at least one, unless it takes nothing. */
export type RefusalsOf<Make> = Make extends (...given: infer Given) => unknown
	? Given extends readonly []
		? 'no options'
		: readonly [Refusal, ...Refusal[]]
	: 'no options';

/** One test for each refusal: the error says what it must, in one line that ends as a sentence. */
export function testRefusals(rows: Readonly<Record<string, { readonly refuses: readonly Refusal[] | 'no options' }>>): void {
	for (const [name, { refuses }] of Object.entries(rows)) {
		if (refuses === 'no options') continue;
		for (const [call, says] of refuses) {
			it(`${name}: ${says instanceof Error ? says.message : says}`, () => {
				expect(call).toThrow(says);
				expect(call).toThrow(/^[^\n]+: expected [^\n]+[.?)]$/);
			});
		}
	}
}
