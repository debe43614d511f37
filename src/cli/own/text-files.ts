// What commands over files of texts have in common: their argument, the flags that say how files are read, and the facts that these need.
import { needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { path } from '../flags/kinds.js';
import type { Parameters } from '../flags/parameter.js';
import { formatOfTexts, haveColumns, haveDelimiters } from './format.js';
import type { Input } from './rows.js';

export const textFiles = {
	files: {
		kind: path,
		value: 'FILE',
		help: 'texts: lines of .txt, rows of .csv, .tsv, .jsonl or .json; patterns, a folder; - for stdin (lines unless --format says otherwise)',
		takes: 'some',
	},
} as const satisfies Parameters;

const { column } = groups.textColumn;

export const textFlags = {
	...needing('a FILE with columns', { column: { ...column, otherwise: 'text' } }),
	...groups.format,
	...needing('a CSV FILE', groups.delimiter),
};

interface Given {
	readonly parameters: { readonly files: readonly string[] };
	readonly flags: Pick<Input, 'format'>;
}

export const textFacts = {
	'a FILE with columns': ({ parameters: { files }, flags: { format } }: Given) => haveColumns(files, formatOfTexts(files, format)),
	'a CSV FILE': ({ parameters: { files }, flags: { format } }: Given) => haveDelimiters(files, formatOfTexts(files, format)),
};
