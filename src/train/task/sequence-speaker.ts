// What is said token by token: documents are read once, and all that are under way take a step at a time.
import { availableParallelism } from 'node:os';
import { type Decoder, generate, openPrograms } from '../../decode/index.js';
import { expectPrecision } from '../../graph/index.js';
import { programOf, type Speaker, type SpeakerParts } from './speaker.js';
import type { SequenceHead } from './task.js';

/** Decoders that `auto` stands for, at most. */
const mostReplicas = 4;

/** Opens the decoder of a model that says sequences. Throws a RangeError for programs that do not fit together. */
export async function openSequences(parts: SpeakerParts, head: SequenceHead<never, object, object>): Promise<Speaker> {
	const { start, end, options, say } = head.generation;
	const { maxLength } = parts.config;
	const decoder = await openDecoder(parts, { start, end });
	return {
		async say(encoded, first) {
			const sources = encoded.map((doc) => Array.from((doc as { ids: ArrayLike<number> }).ids).slice(0, maxLength));
			// Nothing is said of no token.
			const some = [...sources.keys()].filter((doc) => sources[doc]!.length > 0);
			const found = await generate(
				decoder,
				some.map((doc) => sources[doc]!),
				// What is drawn for a document does not depend on where its stream is cut.
				{ ...options, numbers: some.map((doc) => first + doc) },
			);
			const of = new Map(some.map((doc, place) => [doc, found[place]!]));
			return Promise.all(encoded.map((doc, place) => say(of.get(place) ?? [], doc)));
		},
		close: () => decoder.close(),
	};
}

function openDecoder(parts: SpeakerParts, marks: { readonly start: number; readonly end: number }): Promise<Decoder> {
	const { replicas = 1, precision = 'float32', ...session } = parts.options;
	const { threads = availableParallelism(), device = 'cpu' } = session;
	expectPrecision('load', precision, device);
	const programs = { encode: programOf(parts, 'encode'), step: programOf(parts, 'step'), ...marks };
	// Steps are small: on two cores two decoders of one thread take 0.75 of the time of one with two. Each has weights of its own.
	return openPrograms(programs, { ...session, precision, replicas: replicas === 'auto' ? Math.min(threads, mostReplicas) : replicas });
}
