// Where documents get their numbers, and where they lose them: the same whether stages stand alone, in a chain, or in threads.
//
// A stage such as `augment` asks for the number of a document. It is that of the place where the document enters a run of stages: the row of those
// that threads could do, after the source or after the last step that sees the whole stream. Counted by the stage itself, it would depend on
// whether documents were dropped before it, which a thread cannot know of the chunks of the others.
import type { Documents } from './documents.js';
import { numberedDocuments, plainDocuments } from './numbered.js';

/** What is asked of a part of a chain, or of a step of a pipe. */
interface Part {
	readonly spec?: object;
	readonly numbered?: true;
	readonly oneToOne?: true;
	readonly sequential?: true;
}

/** The places of parts that documents enter with numbers, and of those that they leave without. */
export interface Runs {
	readonly enter: ReadonlySet<number>;
	readonly leave: ReadonlySet<number>;
}

/** The runs in a row of parts: each from the first part that may drop documents to the last that asks. Before, a count of one's own is the same. */
export function runsOf(parts: readonly Part[]): Runs {
	const [enter, leave] = [new Set<number>(), new Set<number>()];
	let [dropping, asking]: (number | undefined)[] = [];
	const end = () => {
		if (dropping !== undefined && asking !== undefined && asking > dropping) {
			enter.add(dropping);
			leave.add(asking);
		}
		[dropping, asking] = [undefined, undefined];
	};
	for (const [place, { spec, numbered, oneToOne, sequential }] of parts.entries()) {
		// A function that is no stage is none that threads could do.
		if (!spec || sequential) end();
		else {
			if (numbered) asking = place;
			if (!oneToOne) dropping ??= place;
		}
	}
	end();
	return { enter, leave };
}

/** Documents through parts, one after the other, with numbers where one of them asks. */
export function throughRuns<P extends Part>(
	docs: Documents<object>,
	parts: readonly P[],
	send: (docs: Documents<object>, part: P, place: number) => Documents<object>,
): Documents<object> {
	const { enter, leave } = runsOf(parts);
	return parts.reduce((some, part, place) => {
		const done = send(enter.has(place) ? numberedDocuments(some) : some, part, place);
		return leave.has(place) ? plainDocuments(done) : done;
	}, docs);
}
