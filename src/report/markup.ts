// What is written into SVG and HTML: text and numbers.

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for an element or an attribute in double quotes. What XML cannot hold, such as control characters, is U+FFFD. */
export function escaped(text: string): string {
	return text
		.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
		.replace(/[&<>"]/g, (character) => named[character]!);
}

/** A number with at most two decimals. */
export const short = (value: number): string => String(Math.round(value * 100) / 100);
