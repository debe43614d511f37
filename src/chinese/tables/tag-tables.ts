// The hidden Markov model by which jieba finds and tags words that no dictionary has (its posseg): states are a place in the word and a tag.
import { readTables } from './read-tables.js';

/** ln of a probability of 0, as jieba has it. */
export const never = -3.14e100;

/** What is known of a character: states, with ln p(character | state) of each, and which of them it is looked for in. */
export interface CharacterStates {
	readonly states: Uint16Array;
	readonly emissions: Float64Array;
	/** The states to try, none: all, and the emission of each of them. */
	readonly listed: Uint16Array;
	readonly listedEmissions: Float64Array;
}

/** The model. States are numbered in the order by which ties are decided. */
export interface TagTables {
	/** The place of each state in its word: B, M, E or S. */
	readonly places: readonly string[];
	readonly tags: readonly string[];
	readonly start: Float64Array;
	/** ln p(state | state before): at `state * size + before`, −∞ where it is not there. */
	readonly trans: Float64Array;
	/** The states that each may come after. */
	readonly before: readonly Uint16Array[];
	readonly characters: ReadonlyMap<number, CharacterStates>;
}

let tables: TagTables | undefined;

/** The model, read at the first call. */
export function tagTables(): TagTables {
	tables ??= read();
	return tables;
}

function read(): TagTables {
	const packed = readTables('tags');
	const size = packed.whole();
	const places: string[] = [];
	const tags: string[] = [];
	const start = new Float64Array(size);
	const trans = new Float64Array(size * size).fill(Number.NEGATIVE_INFINITY);
	const values: Float64Array[] = [];
	for (let state = 0; state < size; state++) {
		const name = packed.text();
		places.push(name[0]!);
		tags.push(name.slice(1));
		start[state] = packed.double();
		for (let left = packed.whole(); left > 0; left--) {
			const to = packed.whole();
			trans[to * size + state] = packed.double();
		}
		values.push(Float64Array.from({ length: packed.whole() }, () => packed.double()));
	}
	const before = places.map((_, state) =>
		Uint16Array.from(places.keys()).filter((one) => trans[state * size + one]! > Number.NEGATIVE_INFINITY),
	);
	return { places, tags, start, trans, before, characters: readCharacters(values) };
}

/** `values` are the different emissions of each state. */
function readCharacters(values: readonly Float64Array[]): Map<number, CharacterStates> {
	const packed = readTables('tag-characters');
	const characters = new Map<number, CharacterStates>();
	let unit = 0;
	for (let left = packed.whole(); left > 0; left--) {
		unit += packed.whole();
		const count = packed.whole();
		const states: number[] = [];
		const emissions: number[] = [];
		const listed: number[] = [];
		const listedEmissions: number[] = [];
		for (let i = 0; i < count; i++) {
			const entry = packed.whole();
			const row = packed.whole();
			const emission = row === 0 ? never : values[entry >> 1]![row - 1]!;
			if (entry & 1) {
				listed.push(entry >> 1);
				listedEmissions.push(emission);
			}
			states.push(entry >> 1);
			emissions.push(emission);
		}
		characters.set(unit, {
			states: Uint16Array.from(states),
			emissions: Float64Array.from(emissions),
			listed: Uint16Array.from(listed),
			listedEmissions: Float64Array.from(listedEmissions),
		});
	}
	return characters;
}
