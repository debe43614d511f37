// What is said by the logits of one run: batches of documents of similar lengths.
import type { Tensor } from '../../graph/index.js';
import { arraysOf, batched } from './arrays.js';
import { openSessions } from './sessions.js';
import { programOf, type Speaker, type SpeakerParts } from './speaker.js';
import type { LogitsHead } from './task.js';

/** Documents in one batch. */
export const batchSize = 64;

/** Opens the sessions of a model from documents to `logits`. Throws a RangeError for one that is none. */
export async function openLogits(parts: SpeakerParts, head: LogitsHead<never, object, object>): Promise<Speaker> {
	const { inputs, maxLength, minLength } = parts.config;
	const session = await openSessions(programOf(parts, 'model'), inputs, parts.options);
	const names = Object.keys(inputs);
	if (!session.inputs.every((name) => names.includes(name)) || !session.outputs.includes('logits')) {
		await session.release();
		const got = `${session.inputs.join(', ') || 'nothing'} to ${session.outputs.join(', ')}`;
		throw new RangeError(`session: expected a model from ${names.join(', ')} to logits, got one from ${got}. Export or copy it again.`);
	}
	return {
		async say(encoded) {
			const arrays = encoded.map((doc) => arraysOf(doc, inputs, maxLength));
			const tokensOf = (doc: number) => Number(arrays[doc]!.lengths?.data[0] ?? 0);
			const byLength = [...encoded.keys()].sort((a, b) => tokensOf(a) - tokensOf(b));
			const starts = Array.from({ length: Math.ceil(encoded.length / batchSize) }, (_, batch) => batch * batchSize);
			const said: object[] = [];
			const runs = starts.map(async (start) => {
				const docs = byLength.slice(start, start + batchSize);
				const batch = batched(
					docs.map((doc) => arrays[doc]!),
					inputs,
					{ least: { time: minLength } },
				);
				const { logits } = await session.run(batch);
				if (logits?.shape.at(-1) !== head.outputs) {
					throw new RangeError(`predict: expected ${head.outputs} logits, got ${logits?.shape.at(-1)}. Train the model again.`);
				}
				for (const [row, doc] of docs.entries()) said[doc] = head.say(rowOf(logits, row, tokensOf(doc)), encoded[doc]!);
			});
			await Promise.all(runs);
			return said;
		},
		close: () => session.release(),
	};
}

/** The results of one document: `[outputs]`, or those of its own tokens, `[tokens, outputs]`. */
function rowOf({ shape, data, dtype }: Tensor, row: number, tokens: number): Tensor {
	const [, ...rest] = shape;
	const width = rest.reduce((product, size) => product * size, 1);
	const own = rest.length > 1 ? [tokens, ...rest.slice(1)] : rest;
	const count = own.reduce((product, size) => product * size, 1);
	return { dtype, shape: own, data: (data as Float32Array).subarray(row * width, row * width + count) };
}
