// Held-out documents of a run with what its model says of them: examples for a report, and how far its confidence is right.
import { reliability } from '../../metrics/index.js';
import type { RunReportData } from '../../report/index.js';
import { collect, type Documents, pipe, take } from '../../stream/index.js';
import type { Model } from '../../train/recipes.js';
import { count } from '../output.js';
import { heldOutOf } from '../own/of-run.js';
import type { Fields } from './files.js';

/** Held-out documents that are looked at, at most. */
const most = 1000;

/** A document with what was said of it. */
export interface Judged {
	readonly doc: Fields;
	readonly said: Fields;
}

/** What held-out documents come to. */
export interface HeldOutFacts {
	readonly judged: readonly Judged[];
	readonly reliability?: NonNullable<RunReportData['reliability']>;
}

/** Predicts the first held-out documents; throws where they are not to be had. */
export async function heldOutFacts(run: string, model: Model, data: string | null | undefined): Promise<HeldOutFacts> {
	const held = await heldOutOf(run, model, data);
	try {
		const docs = await collect(pipe(held.docs as Documents<Fields>, take(most)));
		// What a model says has fields of the same names as its documents have.
		const said = (await model.predict(docs.map(({ label: _, ...doc }) => doc))) as unknown as readonly Fields[];
		const judged = docs.map((doc, place) => ({ doc, said: said[place]! }));
		return { judged, ...calibrationOf(judged, model) };
	} finally {
		await held.close();
	}
}

function calibrationOf(judged: readonly Judged[], { labels }: Model): Pick<HeldOutFacts, 'reliability'> {
	const known = judged.filter(({ doc, said }) => labels.includes(String(doc.label)) && Array.isArray(said.probabilities));
	// Several labels for one document are judged each by itself.
	if (known.length === 0 || known.some(({ doc }) => Array.isArray(doc.label))) return {};
	const { bins, ece } = reliability(
		known.map(({ doc }) => String(doc.label)),
		known.map(({ said }) => said.probabilities as readonly number[]) as never,
		{ labels: [...labels] },
	);
	return { reliability: { bins, ece, of: `over the first ${count(known.length)} held-out documents` } };
}
