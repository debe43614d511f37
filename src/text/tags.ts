// Removing HTML tags from text, in linear time.

/** Tags inside a word or sentence leave nothing behind; every other tag leaves a space. */
const inline = new Set(
	'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var'.split(' '),
);

/** Names that are taken for tags though nothing closes them. Others, as in `vector<int>` or `Option<u8>`, must show that they are. */
const known = new Set(
	`a abbr acronym b big blockquote body br center cite code div em font form h1 h2 h3 h4 h5 h6 head hr html i img input ins kbd li nobr ol p
	pre q s small span strike strong sub sup table tbody td tfoot th thead tr tt u ul wbr`.split(/\s+/),
);

/**
 * What may be a tag, from its `<` on. It needs a name directly after it, so `a < b`, `<3`, `<=8` and `<TXN.N>` are text.
 * `[^<>]*` ends at the next `<`, so that no part of the text is looked at by two tags.
 */
const tag = /<(?:(\/?)([a-zA-Z][\w:-]*)(\s[^<>]*|\/)?|!(?:doctype|element|attlist|entity|notation|\[)[^<>]*|\?[a-zA-Z][^<>]*)>/iy;

const attribute = /^\s+[a-z_:@][\w:.@-]*\s*=(?!=)/i;

const endTags = /<\/([a-zA-Z][\w:-]*)\s*>/g;

/** A function that says whether what stands in brackets is a tag: it ends something, has an attribute, is closed (`/>`, or by its end tag), or is `known`. */
function teller(text: string): (slash: string, name: string, rest: string | undefined) => boolean {
	let closed: Set<string> | undefined;
	return (slash, name, rest = '') => {
		const bare = rest.trim();
		if (bare === '/' || (slash !== '' && bare === '') || attribute.test(rest)) return true;
		// `p<q and r>s` is text, `<td nowrap>` is not.
		if (known.has(name)) return bare === '' || name.length > 1;
		closed ??= new Set(Array.from(text.matchAll(endTags), ([, name]) => name!.toLowerCase()));
		return bare === '' && closed.has(name);
	};
}

const closing: Record<string, RegExp> = { script: /<\/script\s*>/gi, style: /<\/style\s*>/gi };

/** Text without HTML tags, comments, and the contents of `script` and `style`. What is never closed is text. */
export function stripTags(text: string): string {
	let at = text.indexOf('<');
	if (at < 0) return text;
	let kept = '';
	let from = 0;
	// What was searched for and not found once is not searched for again: that keeps hostile input linear.
	const absent = new Set<string>();
	const isTag = teller(text);
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
			const name = match?.[2]?.toLowerCase() ?? '';
			if (match && (name === '' || isTag(match[1]!, name, match[3]))) {
				end = tag.lastIndex;
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
