// A bounded memory of what a function of words gave: in a text most words are words seen before.

const words = 2 ** 16;

/** V8 keeps a slice of 13 characters or more as a view that holds on to the whole text. Such words, about one in thirty, are not kept. */
const longest = 12;

/** The same function, quicker for short words that come again. It forgets everything when it knows 65,536 words. */
export function remembered(of: (word: string) => string): (word: string) => string {
	const known = new Map<string, string>();
	return (word) => {
		const found = known.get(word);
		if (found !== undefined) return found;
		const value = of(word);
		if (word.length <= longest) {
			if (known.size >= words) known.clear();
			known.set(word, value);
		}
		return value;
	};
}
