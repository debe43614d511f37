export type { DictionaryOptions } from './dictionary/options.js';
export { type SegmentOptions, type SegmentStage, segment } from './segment.js';
export { type SegmentText, type SegmentWith, segmentWith } from './segment-with.js';
export {
	type CutOptions,
	createSegmenter,
	type PlacedToken,
	type Segmenter,
	type SegmenterOptions,
	type SegmentMode,
	type TaggedToken,
	type TokenizeOptions,
} from './segmenter.js';
