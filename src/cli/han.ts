// Whether texts are mostly Chinese characters.

/** Whether most letters of a text are Han characters. */
export function isMostlyHan(text: string): boolean {
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	return letters > 0 && 2 * (text.match(/\p{Script=Han}/gu)?.length ?? 0) > letters;
}
