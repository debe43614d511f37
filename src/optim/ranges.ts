// The check of an optimizer's numbers: one line for each that cannot be meant.

/** The numbers from `from` on, below `below`. */
export type Range = readonly [value: number, from: number, below: number];

/** Throws a RangeError for the first number outside its range. */
export function checkRanges(who: string, ranges: Readonly<Record<string, Range>>): void {
	for (const [name, [value, from, below]] of Object.entries(ranges)) {
		if (!(typeof value === 'number' && value >= from && value < below))
			throw new RangeError(`${who}: expected ${name} in [${from}, ${below}), got ${value}. Leave it out for the default.`);
	}
}

/** Throws a RangeError for the first number that is not whole and at least `from`. */
export function checkWhole(who: string, numbers: Readonly<Record<string, number>>, from = 1): void {
	for (const [name, value] of Object.entries(numbers)) {
		if (!Number.isSafeInteger(value) || value < from)
			throw new RangeError(`${who}: expected ${name} to be a whole number from ${from}, got ${value}. Correct it.`);
	}
}

/** Throws a TypeError for a word that is none of `words`. */
export function checkWord(who: string, name: string, value: unknown, words: readonly string[]): void {
	if (!words.includes(value as string))
		throw new TypeError(`${who}: expected ${name} to be one of ${words.join(', ')}, got ${JSON.stringify(value)}. Use one of these.`);
}

/** Throws a TypeError for what is not true or false. */
export function checkFlags(who: string, flags: Readonly<Record<string, unknown>>): void {
	for (const [name, value] of Object.entries(flags)) {
		if (typeof value !== 'boolean')
			throw new TypeError(`${who}: expected ${name} to be true or false, got ${JSON.stringify(value)}. Leave it out for the default.`);
	}
}
