// The sinks of textloom's own: what this index exports of them is their registry.
export { type CsvSinkOptions, toCsv } from './to-csv.js';
export { toJsonArray } from './to-json-array.js';
export { toJsonl } from './to-jsonl.js';
export { type TextSinkOptions, toText } from './to-text.js';
export { type TsvSinkOptions, toTsv } from './to-tsv.js';
