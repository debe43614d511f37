// A decoder out of the two programs of a model of ours: `encode` reads sources once, `step` takes a token after another. What `step` gives as `next.x` is its
// input x of the next step; all else that it takes is of the source, from what `encode` takes or gives.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { createSessionHost, readOnnx, type SessionOptions, sessionKinds, type Tensor, tensor, writeOnnx } from '../graph/index.js';
import type { Decoder, Logits, Looks } from './decoder.js';
import { openTaker, releaseAll, sameOwners, take, withPlaces } from './steps/caches.js';
import { feedsOf, runStep, takenBy } from './steps/feeds.js';
import { reordered, withLikeliest } from './steps/reordered.js';

/** The programs of a model, and the tokens that mean something. */
export interface Programs {
	/** From `source` `[batch, source]` and `sourceLengths` `[batch]`, both int32, to what `step` takes: the bytes of an ONNX model. */
	readonly encode: Uint8Array;
	/** From `token` `[batch]`, int32, to `logits` `[batch, vocabulary]` and, where it looks at the source, `attention` `[batch, source]`. */
	readonly step: Uint8Array;
	/** What sequences begin with. */
	readonly start: number;
	/** What they end with. */
	readonly end: number;
	/** The most tokens of a sequence, its start included. Default: no limit. */
	readonly maxLength?: number | undefined;
}

const kinds: Kinds<Programs> = {
	...{ encode: is.needed(is.object), step: is.needed(is.object), start: is.needed(is.whole(0)), end: is.needed(is.whole(0)) },
	maxLength: is.whole(2),
};

/**
 * Opens a decoder over two programs, as `exportModel(model, weights, 'encode')` gives them.
 *
 * @throws {RangeError} for programs that do not fit together.
 */
export async function openPrograms(programs: Programs, options: SessionOptions = {}): Promise<Decoder> {
	const { encode, step, start, end, maxLength } = optionsOf('openPrograms', programs, kinds);
	optionsOf('openPrograms', options, sessionKinds);
	const model = readOnnx(step);
	const { inputs, outputs } = model.graph;
	const names = (values: readonly { readonly name: string }[]) => values.map(({ name }) => name);
	const missing = names(inputs).includes('token') ? (names(outputs).includes('logits') ? undefined : 'give logits') : 'take token';
	if (missing !== undefined) {
		const got = [...names(inputs), ...names(outputs)].join(', ');
		throw new RangeError(`openPrograms: expected step to ${missing}, got ${got}. Export the program step of the model.`);
	}
	const states = inputs.map(({ name }) => name).filter((name) => outputs.some((output) => output.name === next(name)));
	const ofSource = inputs.filter(({ name }) => name !== 'token' && !states.includes(name));
	const host = createSessionHost();
	try {
		const [encoder, stepper] = [
			await host.open(encode, options),
			await host.open(writeOnnx(withLikeliest(reordered(model, states))), options),
		];
		const unknown = [...states, ...ofSource.map(({ name }) => name)].find(
			(name) => !encoder.outputs.includes(name) && !encoder.inputs.includes(name),
		);
		if (unknown !== undefined) {
			const got = [...encoder.inputs, ...encoder.outputs].join(', ');
			throw new RangeError(
				`openPrograms: expected encode to take or give ${unknown}, which step takes, got ${got}. Export both of one model.`,
			);
		}
		// A decoder may have its states alone.
		const tensors = ofSource.map(({ name, dtype, shape }) => ({ name, dtype, rank: shape.length }));
		const taker = tensors.length > 0 ? await openTaker(host, tensors) : undefined;
		const looks = outputs.some(({ name }) => name === 'attention');
		return {
			reads: 'source',
			marks: { end },
			...(maxLength !== undefined && { maxLength }),
			close: () => host.release(),
			async begin(given) {
				const sources = sourcesOf(given);
				const isMade = (name: string) => encoder.outputs.includes(name);
				// What the encoder only takes is of the source, too.
				const begun = ofSource.map(({ name }) => [name, isMade(name) ? undefined : sources[name as 'sourceLengths']] as const);
				return withPlaces(host, [...states, ...begun], async (places) => {
					const source = Object.fromEntries(ofSource.map(({ name }) => [name, places[name]!]));
					const made = Object.fromEntries(Object.entries(places).filter(([name]) => isMade(name)));
					await encoder.run(feedsOf(encoder.inputs, sources), { outputs: [], into: made });
					const into = Object.fromEntries(states.map((name) => [next(name), places[name]!]));
					let owners = Int32Array.from(given.keys());
					const run = (tokens: Int32Array, rows: Int32Array, count?: number) => {
						const feeds = { ...places, token: tensor('int32', [tokens.length], tokens), ...takenBy(rows) };
						return runStep(stepper, feeds, { into, count, looks });
					};
					return {
						prompts: given.map(() => [start]),
						first: (await run(new Int32Array(given.length).fill(start), owners)) as Logits & Looks,
						async step(tokens, rows, count) {
							const now = rows.map((row) => owners[row]!);
							if (taker && !sameOwners(owners, now)) await take(taker, source, rows);
							owners = now;
							return run(tokens, rows, count);
						},
						release: () => releaseAll(places),
					};
				});
			},
		};
	} catch (error) {
		await host.release();
		throw error;
	}
}

const next = (name: string) => `next.${name}`;

/** Sources as int32, padded at their ends, and how long each is. */
function sourcesOf(given: readonly (readonly number[])[]): Record<'source' | 'sourceLengths', Tensor> {
	const width = Math.max(...given.map(({ length }) => length));
	const source = new Int32Array(given.length * width);
	for (const [row, tokens] of given.entries()) source.set(tokens, row * width);
	return {
		source: tensor('int32', [given.length, width], source),
		sourceLengths: tensor(
			'int32',
			[given.length],
			Int32Array.from(given, ({ length }) => length),
		),
	};
}
