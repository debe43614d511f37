// Two text files whose lines belong together: a text and its translation.
import { DataError, type Documents, documentsFrom, type SourceOptions } from 'textloom/stream';
import type { Pair } from '../facts.js';
import { textLines } from './lines.js';

/**
 * Reads two files line by line.
 *
 * @throws DataError in the iteration where one file has fewer lines than the other.
 */
export function parallelLines(path: string, other: string, { counts: total = zero(), signal }: SourceOptions): Documents<Pair> {
	// No line may be left out: those after it would lose their partners.
	const options = { record: (text: string) => ({ text }), ...(signal && { signal }) };
	return documentsFrom(async function* () {
		const [own, theirs] = [zero(), zero()];
		Object.assign(total, zero());
		const targets = textLines(other, { ...options, counts: theirs })[Symbol.asyncIterator]();
		try {
			for await (const chunk of textLines(path, { ...options, counts: own }).chunks()) {
				const pairs: Pair[] = [];
				for (const { text } of chunk) {
					const next = await targets.next();
					if (next.done) throw uneven(other, total.read + pairs.length, path);
					pairs.push({ source: text, target: next.value.text });
				}
				total.read += pairs.length;
				total.replaced = own.replaced + theirs.replaced;
				yield pairs;
			}
			if (!(await targets.next()).done) throw uneven(path, total.read, other);
		} finally {
			await targets.return?.();
		}
	});
}

const zero = () => ({ read: 0, skipped: 0, replaced: 0 });

function uneven(file: string, lines: number, other: string): DataError {
	return new DataError(`expected a line for each line of ${other}, got the end. Fetch both files again.`, { file, line: lines + 1 });
}
