// Whether texts are Chinese.

/** Whether most letters of a text are Han characters. */
export function isMostlyHan(text: string): boolean {
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	return letters > 0 && 2 * (text.match(/\p{Script=Han}/gu)?.length ?? 0) > letters;
}

/** Whether a text is cut into Chinese words: as --language says, else by its characters. */
export function isChinese(text: string, language: string | undefined): boolean {
	return language === undefined ? isMostlyHan(text) : language.startsWith('zh');
}
