// Segmenters of other packages, and one's own, as stages.
import { argumentOf, is, optionsOf } from '../base/index.js';
import { map, type Stage } from '../stream/index.js';
import type { Offset } from '../text/index.js';

/** A segmenter: from a text to its tokens. One that knows where they are writes it into `offsets`, where that is given. */
export type SegmentText = (text: string, offsets?: Offset[]) => readonly string[];

/** A word of another segmenter with its part of speech. */
export type OtherTagged = ({ readonly word: string } | { readonly token: string }) & { readonly tag: string };

/** A segmenter with methods, as `nodejieba` and `@node-rs/jieba` are, and those of `createSegmenter`. */
export interface OtherSegmenter {
	cut(text: string): readonly string[];
	/** Words with their parts of speech, for `tags`. */
	tag?(text: string): readonly OtherTagged[];
}

/** A function, or the segmenter of a package. */
export type SegmentWith = SegmentText | OtherSegmenter;

/** What `segmentWith` adds. */
export interface SegmentWithOptions {
	/** Whether to add `offsets`, in UTF-16 units. Those that the segmenter does not write are those of each token's next place in the text. Default false. */
	offsets?: boolean;
	/** Whether to add `tags`, the part of speech of each token; the segmenter cuts by its `tag` then. Default false. */
	tags?: boolean;
}

/** The stage of `segmentWith` with options of type `O`. */
export type SegmentWithStage<O extends SegmentWithOptions> = Stage<
	{ text: string },
	{ tokens: string[] } & (O extends { offsets: true } ? { offsets: Offset[] } : unknown) &
		(O extends { tags: true } ? { tags: string[] } : unknown)
>;

type Cut = (text: string, offsets?: Offset[]) => { readonly tokens: readonly string[]; readonly tags?: readonly string[] };

/**
 * The stage that cuts `text` into `tokens` by a segmenter of another package. Another mode of it is a function: `(text) => nodejieba.cutForSearch(text)`. A pipeline that is saved
 * holds the name alone: supply the stage again by `load(folder, { stages: { [name]: () => segmentWith(name, segmenter) } })`.
 *
 * @example
 * import nodejieba from 'nodejieba';
 * pipe(docs, segmentWith('nodejieba', nodejieba, { offsets: true, tags: true }));
 * @throws {TypeError} for tokens that are no array of texts; a RangeError, where offsets are asked for, for a token that the text does not have.
 */
export function segmentWith<const O extends boolean = false, const T extends boolean = false>(
	name: string,
	segmenter: SegmentWith,
	options: { offsets?: O; tags?: T } = {},
): SegmentWithStage<{ offsets: O; tags: T }> {
	argumentOf('segmentWith', 'name', name, is.name);
	const given = optionsOf('segmentWith', options as SegmentWithOptions, { offsets: is.flag, tags: is.flag });
	const { offsets = false, tags = false } = given;
	const cut = tags ? taggerOf(name, segmenter) : cutterOf(name, segmenter);
	const add = ({ text }: { text: string }) => {
		const places: Offset[] = [];
		const found = offsets ? cut(text, places) : cut(text);
		const tokens = [...found.tokens];
		return {
			tokens,
			...(offsets && { offsets: places.length === tokens.length ? places : located(name, text, tokens) }),
			...(found.tags && { tags: [...found.tags] }),
		};
	};
	const made = map(add, { stage: name, needs: { text: 'text' } });
	// Which fields are there depends on values that the type of the options knows.
	return Object.assign(made, { cuts: 'text' }) as unknown as SegmentWithStage<{ offsets: O; tags: T }>;
}

/** The tokens of the function, or of the object's `cut`, which gets the text alone. */
function cutterOf(name: string, segmenter: SegmentWith): Cut {
	const cut = functionOf(segmenter);
	return (text, offsets) => {
		const tokens = cut(text, offsets);
		if (is.texts.fits(tokens)) return { tokens };
		throw new TypeError(
			`segmentWith: expected an array of texts of "${name}", got another value. Wrap it in a function that returns an array of strings.`,
		);
	};
}

/** The tokens and tags of the object's `tag`. */
function taggerOf(name: string, segmenter: SegmentWith): Cut {
	const tag = (segmenter as Partial<OtherSegmenter> | null | undefined)?.tag;
	if (typeof tag !== 'function') {
		throw new TypeError(
			`segmentWith: expected an object with tag for tags, got ${segmenter === null ? 'null' : typeof segmenter}. Leave tags out, or pass a segmenter that tags.`,
		);
	}
	return (text) => {
		const tagged: unknown = tag.call(segmenter, text);
		const words = (Array.isArray(tagged) ? tagged : [undefined]) as readonly (
			| { word?: string; token?: string; tag?: string }
			| undefined
		)[];
		const [tokens, tags] = [words.map((word) => word?.word ?? word?.token), words.map((word) => word?.tag)] as [string[], string[]];
		if (is.texts.fits(tokens) && is.texts.fits(tags)) return { tokens, tags };
		throw new TypeError(
			`segmentWith: expected an array of { word, tag } of "${name}", got another value. Wrap it in an object whose tag returns one.`,
		);
	};
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
