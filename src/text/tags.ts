// Removing HTML tags from text, in linear time.

/** Tags inside a word or sentence leave nothing behind; every other tag leaves a space. */
const inline = new Set(
	'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var'.split(' '),
);

/**
 * One tag, from its `<` on. It needs a name directly after it, so `a < b`, `<3`, `<=8` and `<TXN.N>` are text.
 * `[^<>]*` ends at the next `<`, so that no part of the text is looked at by two tags. A name of one letter needs attributes with `=`:
 * `p<q and r>s` is text.
 */
const tag = /<(?:\/?([a-zA-Z][\w:-]+(?=[\s/>])|[a-zA-Z](?=\s[^<>]*=|\s*\/?>))(?:\s[^<>]*|\/)?|![a-zA-Z[][^<>]*|\?[a-zA-Z][^<>]*)>/y;

const closing: Record<string, RegExp> = { script: /<\/script\s*>/gi, style: /<\/style\s*>/gi };

/** Text without HTML tags, comments, and the contents of `script` and `style`. What is never closed is text. */
export function stripTags(text: string): string {
	let at = text.indexOf('<');
	if (at < 0) return text;
	let kept = '';
	let from = 0;
	// What was searched for and not found once is not searched for again: that keeps hostile input linear.
	const absent = new Set<string>();
	while (at >= 0) {
		let end = at;
		let gap = ' ';
		if (text.startsWith('<!--', at)) {
			const close = absent.has('-->') ? -1 : text.indexOf('-->', at + 4);
			if (close < 0) absent.add('-->');
			else end = close + 3;
		} else {
			tag.lastIndex = at;
			const match = tag.exec(text);
			if (match) {
				end = tag.lastIndex;
				const name = match[1]?.toLowerCase() ?? '';
				if (inline.has(name)) gap = '';
				else if (Object.hasOwn(closing, name) && text[at + 1] !== '/' && !absent.has(name)) {
					const close = closing[name]!;
					close.lastIndex = end;
					if (close.test(text)) end = close.lastIndex;
					else absent.add(name);
				}
			}
		}
		if (end > at) {
			kept += text.slice(from, at) + gap;
			from = end;
		}
		at = text.indexOf('<', Math.max(end, at + 1));
	}
	return kept + text.slice(from);
}
