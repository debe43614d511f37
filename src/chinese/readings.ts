// Readings of runs of Chinese characters by pinyin-pro, with readings of the user's own laid over them.
import { createRequire } from 'node:module';
import { simplifiedRun } from './convert.js';
import { corrections } from './corrections.js';

/** What is used of pinyin-pro. */
interface PinyinPro {
	pinyin(text: string, options: { type: 'array'; surname: 'off' | 'all'; toneSandhi: boolean }): string[];
	polyphonic(text: string, options: { type: 'array' }): string[][];
}

let loaded: PinyinPro | undefined;

/** Read when it is first needed. Its own custom readings are global, so they are not used: what one pipeline sets would change all others. */
const library = () => (loaded ??= createRequire(import.meta.url)('pinyin-pro') as PinyinPro);

/** How runs are read. */
export interface ReadingOptions {
	readonly surnames: 'off' | 'first' | 'all';
	readonly sandhi: boolean;
	/** Words of Chinese characters and their readings, a syllable for each character. */
	readonly custom: ReadonlyMap<string, readonly string[]>;
}

/** The reading of each code point of a run, with tone marks; undefined where there is none. `first`: the run begins the text. */
export type ReadRun = (run: readonly string[], first: boolean) => (string | undefined)[];

/**
 * The most characters that the library gets at once. It gives one that it does not know a probability of 10⁻¹³, and forgets a word whenever the product falls
 * below 10⁻³⁰⁰, so that longer runs are read in windows, with a margin for the words at their ends.
 */
const [most, margin] = [23, 5];

/** A function that reads runs. */
export function runReader({ surnames, sandhi, custom }: ReadingOptions): ReadRun {
	const surname = surnames === 'all' ? 'all' : 'off';
	const raw = (run: readonly string[], surname: 'off' | 'all') =>
		library().pinyin(run.join(''), { type: 'array', surname, toneSandhi: sandhi });
	const correct = overlay(corrections, (word, next) => !(word.at(-1) === '长' && long.has(next)));
	const lay = overlay(custom);
	return (given, first) => {
		// The library's words are simplified.
		const run = simplifiedRun(given);
		const read: (string | undefined)[] = [];
		const window = run.length <= most ? most : most - 2 * margin;
		for (let from = 0; from < run.length; from += window) {
			const start = Math.max(0, from - margin);
			const part = raw(run.slice(start, from + window + margin), surname);
			const end = Math.min(run.length, from + window);
			for (let place = from; place < end; place++) {
				const syllable = part[place - start]!;
				read.push(syllable === run[place] ? undefined : syllable);
			}
		}
		correct(run, read);
		if (surnames === 'first' && first) {
			const named = surnameAt(run, (some) => raw(some, 'all'));
			for (let place = 0; place < named.length; place++) read[place] = named[place];
		}
		lay(given, read);
		return read;
	};
}

/** The reading of the surname that a run begins with. The library's own way reads no word behind it. */
function surnameAt(run: readonly string[], read: (run: readonly string[]) => string[]): string[] {
	const one = read(run.slice(0, 1));
	const two = read(run.slice(0, 2));
	// A surname of two characters, as 万俟 Mòqí, is one whose first is read otherwise alone.
	const named = two[0] === one[0] ? one : two;
	return named[0] === run[0] ? [] : named;
}

/** What begins with 长 cháng: 车长 in 汽车长度 is no captain. */
const long = new Set('度期久江城途远短宽');

/** Puts readings of words in the place of others, the longest word first, from left to right; `fits` is asked about the character behind. */
function overlay(
	custom: ReadingOptions['custom'],
	fits: (word: readonly string[], next: string) => boolean = () => true,
): (run: readonly string[], read: (string | undefined)[]) => void {
	const byFirst = new Map<string, (readonly [readonly string[], readonly string[]])[]>();
	for (const [word, syllables] of custom) {
		const characters = [...word];
		const others = byFirst.get(characters[0]!);
		if (others) others.push([characters, syllables]);
		else byFirst.set(characters[0]!, [[characters, syllables]]);
	}
	for (const words of byFirst.values()) words.sort(([a], [b]) => b.length - a.length);
	return (run, read) => {
		if (byFirst.size === 0) return;
		for (let place = 0; place < run.length; ) {
			const found = byFirst.get(run[place]!)?.find(([characters]) => characters.every((character, i) => run[place + i] === character));
			if (!found || !fits(found[0], run[place + found[0].length] ?? '')) {
				place++;
				continue;
			}
			for (const syllable of found[1]) read[place++] = syllable;
		}
	};
}

/** Every reading of a character with tone marks, the usual one first; none for what is not Chinese. */
export function readingsOf(character: string): string[] {
	const all = library().polyphonic(character, { type: 'array' })[0] ?? [];
	return all[0] === character ? [] : all;
}
