export { type ChineseForm, type ConvertChineseOptions, convertChinese, convertChineseText } from './convert.js';
export { type FormatChineseNumberOptions, formatChineseNumber } from './format-number.js';
export { convertNumerals, convertNumeralsText } from './numerals.js';
export { parseChineseNumber } from './parse-number.js';
export { type PinyinStageOptions, pinyin, pinyinOf, pinyinReadings } from './pinyin.js';
export type { PinyinOptions } from './pinyin-options.js';
