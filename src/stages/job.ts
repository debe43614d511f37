// A job: a source, stages and a sink as one description, which has one hash.
import { createHash } from 'node:crypto';
import { canonical, is, type Kinds, optionsOf } from '../base/index.js';
import {
	type AddsOf,
	type AnyStage,
	type Counts,
	chain,
	type Documents,
	documentsFrom,
	type NeedsOf,
	type Sink,
	type SinkSpec,
	type SourceSpec,
	sinkOf,
	sourceOf,
	specless,
	type With,
} from '../stream/index.js';
import { type CustomStages, type PackedStages, packStages } from './packed.js';

/** The format of saved jobs; a file of a higher one was written by a newer textloom. */
export const jobFormat = 1;

/** A job written down: what is read, what is done with it, where it goes. */
export interface JobSpec extends PackedStages {
	readonly format: number;
	readonly source: SourceSpec;
	readonly sink: SinkSpec;
}

/** How far a job has come. */
export interface JobProgress {
	/** Documents that the source gave. */
	readonly read: number;
	readonly written: number;
}

/** What a job did. */
export interface JobResult extends JobProgress {
	/** Bad records that the source left out. */
	readonly skipped: number;
}

/** What belongs to a run and not to the job. */
export interface JobRunOptions {
	/** Ends the run; it is rejected with the signal's reason, and what was at the target stays. */
	readonly signal?: AbortSignal;
	/** Called as documents are written. May throw to end the run. */
	readonly onProgress?: (progress: JobProgress) => void;
}

/** Work that is data. */
export interface Job {
	readonly spec: JobSpec;
	/** SHA-256 of the canonical text of the spec, in hexadecimal: that of every equal job. */
	readonly hash: string;
	/** Does the work, anew each time. */
	run(options?: JobRunOptions): Promise<JobResult>;
}

/** What a job is made of. */
export interface JobParts<D, S extends AnyStage> {
	/** Documents of a source whose options are data. Its signal and counts are no part of the job: `run` has its own. */
	readonly source: Documents<D> & ([D] extends [NeedsOf<S>] ? unknown : Documents<NeedsOf<S>>);
	readonly stages: S;
	/** A sink that writes into a file or to stdout, and whose options are data. */
	readonly sink: Sink<NoInfer<With<D, AddsOf<S>>>>;
}

/** A job that writes documents as it reads them. */
export interface PlainJobParts<D> {
	readonly source: Documents<D>;
	readonly stages?: undefined;
	readonly sink: Sink<NoInfer<D>>;
}

type AnyParts = { readonly source: Documents<object>; readonly stages?: AnyStage | undefined; readonly sink: Sink<object> };

/** The kinds of the parts of a job. */
export const partKinds: Kinds<AnyParts> = {
	source: is.needed(is.source),
	stages: { ...is.stage, next: 'Make it with chain(…), and fit what learns: await chain(…).fit(docs).' },
	sink: is.needed({ ...is.function, next: 'Make it with write(path), or with toCsv(path).' }),
};
const runKinds: Kinds<JobRunOptions> = { signal: is.signal, onProgress: is.function };

/**
 * Makes a job of a source, stages and a sink. Equal jobs have one hash, whichever way they are written: options in another order, defaults
 * written out or not; paths are taken as they are given. Stages of your own are written by name, as by `toJSON`.
 *
 * @throws {TypeError} that says which part cannot be written down, and why.
 *
 * @example
 * const { spec, hash, run } = job({ source: read('reviews.csv'), stages: chain(clean(), words()), sink: write('tokens.jsonl.gz') });
 * const { read, written } = await run({ signal, onProgress: ({ written }) => console.error(written) });
 */
export function job<D, S extends AnyStage>(parts: JobParts<D, S>, own?: CustomStages): Job;
export function job<D>(parts: PlainJobParts<D>, own?: CustomStages): Job;
export function job(parts: JobParts<object, AnyStage> | PlainJobParts<object>, own: CustomStages = {}): Job {
	const { source, stages = chain() as unknown as AnyStage, sink } = optionsOf<AnyParts>('job', parts, partKinds);
	const { stages: custom = {} } = optionsOf('job', own, { stages: is.object });
	if (!source.spec) {
		throw new TypeError(
			`job: expected a source that can be written down, got ${specless(source, 'documents that no source such as csv(path) made')}. Take one of options that are data, and do the rest in stages.`,
		);
	}
	if (!sink.spec) {
		throw new TypeError(
			`job: expected a sink that can be written down, got ${specless(sink, 'a function that no sink such as toCsv(path) is')}. Take one of a path and of options that are data.`,
		);
	}
	const packed = packStages(stages.spec, custom, { who: 'job', back: 'jobFrom' });
	const text = canonical({ format: jobFormat, source: source.spec, ...packed, sink: sink.spec }, 'job', 'the job');
	const spec: JobSpec = JSON.parse(text);
	const run = async (running: JobRunOptions = {}): Promise<JobResult> => {
		const { signal, onProgress } = optionsOf('job.run', running, runKinds);
		const stop = { who: 'job', ...(signal && { signal }) };
		const counts: Counts = { read: 0, skipped: 0, replaced: 0 };
		const done = stages(sourceOf(spec.source, { ...stop, counts }));
		const watched = documentsFrom(async function* () {
			let written = 0;
			for await (const chunk of done.chunks()) {
				yield chunk as object[];
				written += chunk.length;
				onProgress?.({ read: counts.read, written });
			}
		});
		const written = await sinkOf(spec.sink, stop)(watched);
		return { read: counts.read, skipped: counts.skipped, written };
	};
	return { spec, hash: createHash('sha256').update(text).digest('hex'), run };
}
