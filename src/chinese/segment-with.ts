// Segmenters of other packages, and one's own, as stages.
import { argumentOf, is, optionsOf } from '../base/index.js';
import { map, type Stage } from '../stream/index.js';
import type { Offset } from '../text/index.js';

/** A segmenter: from a text to its tokens. One that knows where they are writes it into `offsets`, where that is given. */
export type SegmentText = (text: string, offsets?: Offset[]) => readonly string[];

/** A function, or an object with `cut` as `nodejieba` and `@node-rs/jieba` have it. */
export type SegmentWith = SegmentText | { cut(text: string): readonly string[] };

/**
 * The stage that cuts `text` into `tokens` by a segmenter of another package. Offsets that it does not write are those of each token's next place in the text. A pipeline that is saved
 * holds the name alone: supply the stage again by `load(folder, { stages: { [name]: () => segmentWith(name, segmenter) } })`.
 *
 * @example
 * import nodejieba from 'nodejieba';
 * pipe(docs, segmentWith('nodejieba', nodejieba, { offsets: true }));
 * @throws {TypeError} for tokens that are no array of texts; a RangeError, where offsets are asked for, for a token that the text does not have.
 */
export function segmentWith<const O extends boolean = false>(
	name: string,
	segmenter: SegmentWith,
	options: { offsets?: O } = {},
): Stage<{ text: string }, O extends true ? { tokens: string[]; offsets: Offset[] } : { tokens: string[] }> {
	argumentOf('segmentWith', 'name', name, is.name);
	const { offsets = false } = optionsOf('segmentWith', options as { offsets?: boolean }, { offsets: is.flag });
	const cut = functionOf(segmenter);
	const add = ({ text }: { text: string }) => {
		const places: Offset[] = [];
		const tokens = offsets ? cut(text, places) : cut(text);
		if (!Array.isArray(tokens) || tokens.some((token) => typeof token !== 'string')) {
			throw new TypeError(
				`segmentWith: expected an array of texts of "${name}", got another value. Wrap it in a function that returns an array of strings.`,
			);
		}
		if (!offsets) return { tokens: [...tokens] };
		return { tokens: [...tokens], offsets: places.length === tokens.length ? places : located(name, text, tokens) };
	};
	const made = map(add, { stage: name, needs: { text: 'text' } });
	// Whether `offsets` is there depends on a value that the type knows.
	return Object.assign(made, { cuts: 'text' }) as unknown as Stage<
		{ text: string },
		O extends true ? { tokens: string[]; offsets: Offset[] } : { tokens: string[] }
	>;
}

/** The function, or the method of the object; that of a package gets the text alone. */
function functionOf(segmenter: SegmentWith): SegmentText {
	if (typeof segmenter === 'function' && !('cut' in segmenter)) return segmenter;
	const found = (segmenter as { cut?: unknown } | null | undefined)?.cut;
	if (typeof found === 'function') return (text) => found.call(segmenter, text) as string[];
	throw new TypeError(
		`segmentWith: expected a function or an object with cut, got ${segmenter === null ? 'null' : typeof segmenter}. Does its class need new?`,
	);
}

/** Where each token is: its next place after the one before. */
function located(name: string, text: string, tokens: readonly string[]): Offset[] {
	let from = 0;
	return tokens.map((token) => {
		const start = text.indexOf(token, from);
		if (start < 0) {
			throw new RangeError(
				`segmentWith: expected tokens of "${name}" that are parts of the text one after the other, got ${JSON.stringify(token.slice(0, 40))}. Leave offsets out, or write them in the segmenter.`,
			);
		}
		from = start + token.length;
		return [start, from];
	});
}
