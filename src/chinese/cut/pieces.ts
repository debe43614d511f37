// Tokens of a text with their offsets, made of where they end, or one by one.
import { piecesOf } from '../../stream/index.js';
import type { Offset } from '../../text/index.js';

/** The tokens that lie side by side and end there. */
export function slices(text: string, ends: readonly number[], offsets?: Offset[]): string[] {
	if (offsets) for (let i = 0; i < ends.length; i++) offsets.push([ends[i - 1] ?? 0, ends[i]!]);
	return piecesOf(text, ends, 0, ends.length);
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
