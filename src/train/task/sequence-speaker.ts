// What is said token by token: documents are read once, and all that are under way take a step at a time.
import { availableParallelism } from 'node:os';
import { type Decoder, generate, type Hypothesis, openPrograms } from '../../decode/index.js';
import { runnable } from './runnable.js';
import { programOf, type Speaker, type SpeakerParts } from './speaker.js';
import type { SequenceHead } from './task.js';

/** Documents that a decoder has under way. */
const defaultBatchSize = 32;

/** Opens the decoders of a model that says sequences. Throws a RangeError for programs that do not fit together. */
export async function openSequences(parts: SpeakerParts, head: SequenceHead<never, object, object>): Promise<Speaker> {
	const { start, end, options, say } = head.generation;
	const { maxLength } = parts.config;
	const { batchSize = defaultBatchSize } = options;
	const decoders = await openDecoders(parts, { start, end });
	const waiting = decoders.map(() => 0);
	const some = async (sources: readonly number[][]): Promise<readonly (readonly Hypothesis[])[]> => {
		const free = waiting.indexOf(Math.min(...waiting));
		waiting[free]!++;
		try {
			return await generate(decoders[free]!, sources, options);
		} finally {
			waiting[free]!--;
		}
	};
	return {
		async say(encoded) {
			const sources = encoded.map((doc) => Array.from((doc as { ids: ArrayLike<number> }).ids).slice(0, maxLength));
			// Nothing is said of no token.
			const byLength = [...sources.keys()]
				.filter((doc) => sources[doc]!.length > 0)
				.sort((a, b) => sources[b]!.length - sources[a]!.length);
			const starts = Array.from({ length: Math.ceil(byLength.length / batchSize) }, (_, batch) => batch * batchSize);
			const found: (readonly Hypothesis[])[] = encoded.map(() => []);
			const runs = starts.map(async (start) => {
				const docs = byLength.slice(start, start + batchSize);
				const said = await some(docs.map((doc) => sources[doc]!));
				for (const [place, doc] of docs.entries()) found[doc] = said[place]!;
			});
			await Promise.all(runs);
			return Promise.all(encoded.map((doc, place) => say(found[place]!, doc)));
		},
		async close() {
			await Promise.all(decoders.map((decoder) => decoder.close()));
		},
	};
}

/** One decoder with all threads, or several with their share each. */
async function openDecoders(parts: SpeakerParts, marks: { readonly start: number; readonly end: number }): Promise<Decoder[]> {
	const { replicas: asked = 1, precision = 'float32', ...session } = parts.options;
	const { threads = availableParallelism(), optimize = true, device = 'cpu' } = session;
	if (precision === 'int8' && device !== 'cpu') {
		throw new RangeError(`load: expected device cpu for precision int8, got ${device}. Leave one of the two out.`);
	}
	// Steps are small: as many decoders as there are threads are never slower.
	const replicas = asked === 'auto' ? threads : asked;
	const [encode, step] = ['encode', 'step'].map((name) => {
		const bytes = programOf(parts, name);
		// In float32 decoders see to it themselves.
		return precision === 'int8' ? runnable(bytes, { precision, optimize }) : bytes;
	}) as [Uint8Array, Uint8Array];
	const options = replicas === 1 ? session : { ...session, threads: Math.max(1, Math.floor(threads / replicas)) };
	const opened = await Promise.allSettled(Array.from({ length: replicas }, () => openPrograms({ encode, step, ...marks }, options)));
	const decoders = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	const failed = opened.find((one) => one.status === 'rejected');
	if (!failed) return decoders;
	await Promise.all(decoders.map((decoder) => decoder.close()));
	throw failed.reason;
}
