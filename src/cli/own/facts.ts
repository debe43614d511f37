// What a command line of texts holds, for the flags that need it.
import type { SourceFormat } from '../../stream/index.js';
import { formatOfTexts, haveColumns, haveDelimiters } from './format.js';

/** A command line whose files are named by its arguments. */
interface Given<P> {
	readonly parameters: P;
	readonly flags: { readonly format: SourceFormat | undefined };
}

/** The facts of a command that reads texts: whether files are named, and of what format. `filesOf` finds them among the arguments. */
export const factsOfTexts = <P>(filesOf: (parameters: P) => readonly string[]) => ({
	'no FILE': ({ parameters }: Given<P>) => filesOf(parameters).length === 0 || filesOf(parameters).join(' '),
	'a FILE': ({ parameters }: Given<P>) => filesOf(parameters).length > 0 || 'none',
	'a FILE with columns': ({ parameters, flags: { format } }: Given<P>) => {
		const files = filesOf(parameters);
		return files.length > 0 ? haveColumns(files, formatOfTexts(files, format)) : 'none';
	},
	'a CSV FILE': ({ parameters, flags: { format } }: Given<P>) => {
		const files = filesOf(parameters);
		return files.length > 0 ? haveDelimiters(files, formatOfTexts(files, format)) : 'none';
	},
});
