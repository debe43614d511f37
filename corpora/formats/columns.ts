// A row of a table whose columns are set apart by a separator.

/** Makes a function from a line to its `count` fields; for another number of them, or an empty one, it throws. */
export function columns(who: string, separator: string | RegExp, names: readonly string[]): (line: string) => string[] {
	return (line) => {
		const fields = line.split(separator);
		if (fields.length === names.length && fields.every((field) => field !== '')) return fields;
		throw new Error(`${who}: expected ${names.join(', ')}, got ${JSON.stringify(line.slice(0, 60))}. Correct or remove the sentence.`);
	};
}
