// What textloom has of its own, stages, sources and sinks: what an index exports of a kind is the registry of that kind.

const mark = Symbol('own');

/** A function that makes things of textloom's own: of which kind, and how one is made again. */
export interface Own<Kind extends string, How = unknown> {
	readonly [mark]: { readonly kind: Kind; readonly how: How };
}

/** Marks a function as one of textloom's own. */
export function own<F extends (...args: never[]) => unknown, Kind extends string, How>(make: F, kind: Kind, how: How): F & Own<Kind, How> {
	return Object.assign(make, { [mark]: { kind, how } });
}

/** Whether something is a function of textloom's own that makes stages, sources or sinks, and not what it makes. */
export const isOwnMaker = (value: unknown): boolean => typeof value === 'function' && mark in value;

/** How those of a kind are made again that an index exports, by their names there. */
export function ownOf<How>(kind: string, exported: Readonly<Record<string, unknown>>): Readonly<Record<string, How>> {
	const found = Object.entries(exported).filter((entry): entry is [string, Own<string, How>] => mark in Object(entry[1]));
	return Object.fromEntries(found.filter(([, made]) => made[mark].kind === kind).map(([name, made]) => [name, made[mark].how]));
}

/** The names of those of a kind that an index exports, as a type. */
export type OwnNames<Exports, Kind extends string = 'stage'> = {
	[Name in keyof Exports]: Exports[Name] extends Own<Kind> ? Name : never;
}[keyof Exports] &
	string;
