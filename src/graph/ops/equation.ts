// The equation of an Einsum, as in `bik,bkj->bij`.

/** The letters of both operands and the result of an Einsum equation; each letter once in each. */
export function letters(equation: string): readonly [left: string, right: string, result: string] | undefined {
	const [, left, right, result] = /^([a-z]*),([a-z]*)->([a-z]*)$/i.exec(equation.replaceAll(' ', '')) ?? [];
	if (left === undefined || right === undefined || result === undefined) return undefined;
	return [left, right, result].every((names) => new Set(names).size === names.length) ? [left, right, result] : undefined;
}
