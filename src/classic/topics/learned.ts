// What the learners of this folder share: options with their defaults, and states as they come back.
import type { State } from '../../stream/index.js';

/** Options over defaults; `undefined` stands for one that is left out. */
export function over<Defaults extends object, Given extends object>(defaults: Defaults, given: Given): Over<Defaults, Given> {
	const set = Object.entries(given).filter(([, value]) => value !== undefined);
	return { ...defaults, ...Object.fromEntries(set) } as Over<Defaults, Given>;
}

/** Options of which those with a default are there. */
export type Over<Defaults, Given> = { [Name in keyof Given as Name extends keyof Defaults ? never : Name]: Given[Name] } & {
	[Name in keyof Given as Name extends keyof Defaults ? Name : never]-?: Given[Name];
};

/** The arrays of a state by name, when each has so many finite numbers; `columns` is what the state says, and a whole number from 1. */
export function arraysOf<Name extends string>(
	who: string,
	state: State,
	lengths: (columns: number) => Readonly<Record<Name, number>>,
): { columns: number } & Record<Name, Float64Array> {
	const { columns, ...rest } = (state ?? {}) as { columns?: unknown };
	const given = rest as Record<string, unknown>;
	const expected = Object.entries<number>(lengths(typeof columns === 'number' ? columns : 0));
	const fits = ([name, length]: [string, number]) => {
		const array = given[name];
		return array instanceof Float64Array && array.length === length && array.every(Number.isFinite);
	};
	if (!Number.isSafeInteger(columns) || (columns as number) < 1 || !expected.every(fits)) {
		const parts = expected.map(([name]) => `${name}: […]`).join(', ');
		throw new TypeError(
			`${who}: expected a state { columns, ${parts} } of finite numbers for each column, got ${JSON.stringify(state)?.slice(0, 80)}. Save the pipeline again.`,
		);
	}
	return { columns, ...rest } as { columns: number } & Record<Name, Float64Array>;
}
