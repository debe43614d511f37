// The order of texts by their code points, as Python, UTF-8 and other tools have it.

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;

/**
 * Compares two texts for `sort`: by code point, a beginning before what goes on. JavaScript's own order is by UTF-16 code unit, which puts
 * characters beyond the first plane (𝐀, 😀) before U+E000 to U+FFFF (Ａ, ﷺ).
 */
export function byCodePoint(a: string, b: string): number {
	const shorter = Math.min(a.length, b.length);
	let at = 0;
	while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++;
	if (at === shorter) return a.length - b.length;
	// The first half of a pair may be the same in both.
	const start = at > 0 && isHigh(a.charCodeAt(at - 1)) ? at - 1 : at;
	return a.codePointAt(start)! - b.codePointAt(start)! || a.codePointAt(at)! - b.codePointAt(at)!;
}
