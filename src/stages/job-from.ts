// From the spec of a job back to the job.
import { argumentOf, is, optionsOf } from '../base/index.js';
import { type AnyStage, type SinkSpec, type SourceSpec, sinkOf, sourceOf } from '../stream/index.js';
import { type Job, type JobSpec, job, jobFormat, partKinds } from './job.js';
import { type CustomStages, isPacked, parsed, unpackStages } from './packed.js';

/**
 * The job of a spec, which may be the text of it; `own` supplies the stages of your own. A spec written by hand may leave out defaults:
 * the job's own spec and hash have them. Its run opens the paths of source and sink, and no others.
 *
 * @throws {RangeError} where a newer textloom wrote it.
 *
 * @example
 * await jobFrom(await readFile('job.json', 'utf8')).run();
 */
export function jobFrom(saved: string | JobSpec, own: CustomStages = {}): Job {
	const { stages: custom = {} } = optionsOf('jobFrom', own, { stages: is.object });
	const names = { who: 'jobFrom', by: 'job' };
	const data: Partial<JobSpec> | null = typeof saved === 'string' ? parsed(saved, names) : saved;
	if (typeof data?.format === 'number' && data.format > jobFormat) {
		throw new RangeError(
			`jobFrom: expected a job of format ${jobFormat}, got ${data.format}, written by a newer textloom. Update textloom.`,
		);
	}
	if (data?.format !== jobFormat || !isPacked(data)) {
		throw new TypeError(
			`jobFrom: expected { format: ${jobFormat}, source, stages: [{ stage, options }, …], sink }, got ${JSON.stringify(data)?.slice(0, 80)}. Pass what job wrote.`,
		);
	}
	const source = sourceOf(data.source as SourceSpec, { who: 'jobFrom' });
	const sink = sinkOf(data.sink as SinkSpec, { who: 'jobFrom' });
	const stages = argumentOf('jobFrom', 'stages', unpackStages(data, custom, names), partKinds.stages) as AnyStage;
	return job({ source, stages, sink }, own);
}
