// The sources of textloom's own: what this index exports of them is their registry.
export { type CsvColumns, type CsvMapping, type CsvOptions, csv, tsv } from './csv.js';
export { type FileDocument, type FolderOptions, folder } from './folder.js';
export { type JsonMapping, type JsonOptions, json } from './json.js';
export { type JsonlMapping, type JsonObject, jsonl } from './jsonl.js';
export { lines } from './lines.js';
