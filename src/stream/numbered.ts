// The number of a document in its stream, where someone counted: threads get pieces of a stream and must know which.

const number = Symbol('number');

/** Writes the number of each document on it, counted from `first`. Stages copy it with the fields. */
export function numberAll(docs: readonly object[], first: number): void {
	docs.forEach((doc, i) => {
		(doc as { [number]?: number })[number] = first + i;
	});
}

/** The number written on a document. */
export function numberOf(doc: object): number | undefined {
	return (doc as { [number]?: number })[number];
}
