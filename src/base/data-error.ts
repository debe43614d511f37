// The error for data that cannot be read as what it should be.

/** Bad data in a file or stream: the message begins with `file:line: ` when the line is known. */
export class DataError extends Error {
	override readonly name = 'DataError';
	/** Path of the file, or `stdin`. */
	readonly file: string | undefined;
	/** Physical line on which the bad record begins, from 1. */
	readonly line: number | undefined;

	constructor(reason: string, { file, line, cause }: { file?: string; line?: number; cause?: unknown } = {}) {
		super(file !== undefined && line !== undefined ? `${file}:${line}: ${reason}` : reason, cause === undefined ? {} : { cause });
		this.file = file;
		this.line = line;
	}
}
