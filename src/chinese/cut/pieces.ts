// Tokens of a text with their offsets, made of where they end, or one by one.
import type { Offset } from '../../text/index.js';
import { part } from './short-texts.js';

/** The tokens that lie side by side and end there. */
export function slices(text: string, ends: readonly number[], offsets?: Offset[]): string[] {
	const tokens = new Array<string>(ends.length);
	let from = 0;
	for (let i = 0; i < tokens.length; i++) {
		const end = ends[i]!;
		tokens[i] = part(text, from, end);
		offsets?.push([from, end]);
		from = end;
	}
	return tokens;
}

/** Offsets in code points of those in UTF-16 units. */
export function codePointOffsets(text: string, offsets: readonly Offset[]): Offset[] {
	if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return offsets as Offset[];
	const places = new Int32Array(text.length + 1);
	let place = 0;
	for (let at = 0; at < text.length; place++) {
		const width = text.codePointAt(at)! > 0xffff ? 2 : 1;
		places[at] = place;
		if (width === 2) places[at + 1] = place;
		at += width;
	}
	places[text.length] = place;
	return offsets.map(([start, end]) => [places[start]!, places[end]!]);
}
