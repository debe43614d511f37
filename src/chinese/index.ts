export { type ChineseForm, type ConvertChineseOptions, convertChinese, convertChineseText } from './convert.js';
export type { DictionaryOptions } from './dictionary/options.js';
export { type FormatChineseNumberOptions, formatChineseNumber } from './format-number.js';
export { convertNumerals, convertNumeralsText } from './numerals.js';
export { parseChineseNumber } from './parse-number.js';
export { type PinyinStageOptions, pinyin, pinyinOf, pinyinReadings } from './pinyin.js';
export type { PinyinOptions } from './pinyin-options.js';
export { type SegmentOptions, type SegmentStage, segment } from './segment.js';
export {
	type OtherSegmenter,
	type OtherTagged,
	type SegmentText,
	type SegmentWith,
	type SegmentWithOptions,
	type SegmentWithStage,
	segmentWith,
} from './segment-with.js';
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
