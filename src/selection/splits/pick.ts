// Some of the documents, by their numbers.
import { argumentOf } from '../../base/index.js';
import { type Documents, documents, documentsFrom, type Source } from '../../stream/index.js';

const rowsKind = {
	expected: 'ascending numbers of documents, from 0',
	fits: (value: unknown) => (Array.isArray(value) || value instanceof Uint32Array) && isAscending(value),
	next: 'Pass those of trainTestSplit, kFold or split.',
};

/** Whether these are whole numbers from 0, each larger than the one before. */
export function isAscending(rows: ArrayLike<unknown>): rows is ArrayLike<number> {
	let before = -1;
	for (let i = 0; i < rows.length; i++) {
		const row = rows[i] as number;
		if (!Number.isSafeInteger(row) || row <= before) return false;
		before = row;
	}
	return true;
}

/**
 * The documents of these ascending numbers, from 0: an array of an array, else documents that read the source anew and keep these.
 *
 * @throws {RangeError} where there are fewer documents; of a source when it ends.
 *
 * @example
 * const { train, test } = trainTestSplit(docs);
 * const fitted = await learner.fit(pick(docs, train));
 */
export function pick<D>(docs: readonly D[], rows: ArrayLike<number>): D[];
export function pick<D>(docs: Source<D>, rows: ArrayLike<number>): Documents<D>;
export function pick<D>(docs: Source<D>, rows: ArrayLike<number>): D[] | Documents<D> {
	argumentOf('pick', 'rows', rows, rowsKind);
	const last = rows.length === 0 ? -1 : rows[rows.length - 1]!;
	const expectCount = (count: number) => {
		if (last < count) return;
		throw new RangeError(
			`pick: expected numbers below ${count}, the documents that there are, got ${last}. Pass the rows of these documents.`,
		);
	};
	if (Array.isArray(docs)) {
		expectCount(docs.length);
		return Array.from(rows, (row) => docs[row] as D);
	}
	const source = documents(docs, 'pick');
	return documentsFrom(async function* () {
		let first = 0;
		let next = 0;
		for await (const chunk of source.chunks()) {
			const some: D[] = [];
			for (; next < rows.length && rows[next]! < first + chunk.length; next++) some.push(chunk[rows[next]! - first]!);
			first += chunk.length;
			if (some.length > 0) yield some;
			if (next === rows.length) return;
		}
		expectCount(first);
	}, source.replayable);
}
