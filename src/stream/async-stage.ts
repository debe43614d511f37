// A stage whose work is asynchronous by nature, done by waiting for it where that can be done.
import { documents, documentsFrom, type Source } from './documents.js';
import { each, togetherAsync } from './located.js';
import { checkOf, type FieldNeeds } from './needs.js';
import { type Spec, type Stage, stage } from './stage.js';

/** Makes a stage from the same work done twice: `apply` has the thread wait, `applyAsync` does not. `needs` and errors as in `stage`. */
export function asyncStage<Needs extends object, Adds extends object>(
	spec: Spec,
	work: {
		readonly apply: (docs: readonly Needs[]) => (Needs & Adds)[];
		readonly applyAsync: (docs: readonly Needs[]) => Promise<(Needs & Adds)[]>;
	},
	needs: FieldNeeds<Needs>,
): Stage<Needs, Adds> {
	const check = checkOf(spec.stage, needs);
	const applyAsync = async (docs: readonly Needs[], first = 0) => {
		each(spec.stage, docs, first, check);
		return await togetherAsync(spec.stage, docs, first, work.applyAsync);
	};
	const step = (source: Source<Needs>) => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			let first = 0;
			for await (const chunk of docs.chunks()) {
				const done = await applyAsync(chunk, first);
				first += chunk.length;
				if (done.length > 0) yield done;
			}
		}, docs.replayable);
	};
	const { apply } = stage(spec, work.apply, needs);
	return Object.assign(step, { apply, applyAsync, spec }) as unknown as Stage<Needs, Adds>;
}
