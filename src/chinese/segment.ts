// Chinese words: the stage of jieba's segmentation.
import { is, type Json, type Kinds, optionsOf } from '../base/index.js';
import { map, ownStage, Pieces, type Stage } from '../stream/index.js';
import type { Offset } from '../text/index.js';
import { slices } from './cut/pieces.js';
import { cutPrecise } from './cut/precise.js';
import { cutTagged } from './cut/tagged.js';
import { dictionaryKinds, dictionaryLines, sharedWords } from './dictionary/options.js';
import { cutBy, type SegmenterOptions, type SegmentMode } from './segmenter.js';

/** How `segment` cuts. */
export interface SegmentOptions extends SegmenterOptions {
	/** `precise`: each character in one word. `full`: all words that there are. `search`: the precise words, and before each those of two and three characters in it. Default `precise`. */
	mode?: SegmentMode;
	/** Whether to add `offsets`, in UTF-16 units. Default false. */
	offsets?: boolean;
	/** Whether to add `tags`, the part of speech of each token, and to cut as jieba's tagger does. With the precise mode only. Default false. */
	tags?: boolean;
}

/** The stage of `segment` with options of type `O`. */
export type SegmentStage<O extends SegmentOptions> = Stage<
	{ text: string },
	{ tokens: string[] } & (O extends { offsets: true } ? { offsets: Offset[] } : unknown) &
		(O extends { tags: true } ? { tags: string[] } : unknown)
>;

const kinds: Kinds<SegmentOptions> = {
	...dictionaryKinds,
	hmm: is.flag,
	mode: is.one('precise', 'full', 'search'),
	offsets: is.flag,
	tags: is.flag,
};

/**
 * The stage that cuts a Chinese `text` into `tokens`, which are those of Python's jieba 0.42.1. White space and marks are tokens. The dictionary is read once in a process, when the first
 * text comes, and threads share it. Words of files are written into the stage's description, so that a saved pipeline needs no file.
 *
 * @example
 * pipe(docs, segment({ words: ['云计算 5 n'], tags: true }));
 * @throws {DataError} for a dictionary file or a line that cannot be read.
 */
export const segment = ownStage(
	<const O extends boolean = false, const T extends boolean = false>(
		options: SegmentOptions & { offsets?: O; tags?: T } = {},
	): SegmentStage<{ offsets: O; tags: T }> => {
		const given = optionsOf('segment', options, kinds);
		const { mode = 'precise', hmm = true, offsets = false, tags = false } = given as SegmentOptions;
		if (tags && mode !== 'precise') {
			throw new RangeError(`segment: expected the mode precise with tags, got ${mode}. Leave one of them out.`);
		}
		const lines = dictionaryLines('segment', given);
		let words: ReturnType<typeof sharedWords> | undefined;
		const known = () => {
			words ??= sharedWords(lines);
			return words;
		};
		const add = ({ text }: { text: string }) => {
			const places: Offset[] = [];
			const wanted = offsets ? places : undefined;
			if (!tags) return { tokens: cutBy[mode](known(), text, hmm, wanted), ...(offsets && { offsets: places }) };
			const tagged = cutTagged(known(), text, hmm);
			return { tokens: slices(text, tagged.ends, wanted), ...(offsets && { offsets: places }), tags: tagged.tags };
		};
		const written = { mode, hmm, ...lines, offsets, tags } as unknown as Json;
		// Which fields are there depends on values that the type of the options knows.
		const description = { stage: 'segment', options: written, needs: { text: 'text' } } as const;
		const pieces = ({ text }: { text: string }) => {
			if (!tags) return { tokens: new Pieces(text, cutPrecise(known(), text, hmm)) };
			const tagged = cutTagged(known(), text, hmm);
			return { tokens: new Pieces(text, tagged.ends), tags: tagged.tags };
		};
		const inPieces = mode === 'precise' && !offsets && { inPieces: () => map(pieces, description) };
		return Object.assign(map(add, description), { cuts: 'text' }, inPieces) as unknown as SegmentStage<{ offsets: O; tags: T }>;
	},
);
