// Text files whose documents are blocks of lines, with blank lines between them: CoNLL and its kin.
import { type Documents, detached, LineSplitter, type RecordSink, recordSource, type SourceOptions } from 'textloom/stream';

/** How a file of blocks becomes documents. */
export interface BlockMapping<R, D> extends SourceOptions {
	/** What a line holds; `undefined` leaves it out, what it throws makes its block a bad record. */
	readonly row: (text: string) => R | undefined;
	/** The document of a block's rows; `undefined` leaves it out. */
	readonly block: (rows: R[], line: number) => D | undefined;
}

/** Reads a file of blocks. A bad row is named by its own line, and its block is left out whole. */
export function blocks<R, D>(path: string, { row, block, ...options }: BlockMapping<R, D>): Documents<D> {
	return recordSource('blocks', path, options, (sink: RecordSink<D>) => {
		let rows: R[] = [];
		let first = 0;
		let bad = false;
		const guarded = (line: number, work: () => void) => {
			try {
				work();
			} catch (error) {
				bad = true;
				sink.fault(line, error instanceof Error ? error.message : String(error), error);
			}
		};
		const finish = () => {
			const [done, line] = [rows, first];
			rows = [];
			first = 0;
			if (done.length > 0 && !bad) {
				guarded(line, () => {
					const doc = block(done, line);
					if (doc !== undefined) sink.add(doc, line);
				});
			}
			bad = false;
		};
		const take = (text: string, line: number) => {
			if (text.trim() === '') return finish();
			if (first === 0) first = line;
			if (bad) return;
			guarded(line, () => {
				const made = row(detached(text));
				if (made !== undefined) rows.push(made);
			});
		};
		const splitter = new LineSplitter({ record: take, fault: sink.fault }, options);
		return {
			push: (block) => splitter.push(block),
			end: () => {
				splitter.end();
				finish();
			},
		};
	});
}
