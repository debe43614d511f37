// A decoder out of the two programs of a model of ours: `encode` reads sources once, `step` takes a token after another. What `step` gives as `next.x` is its
// input x of the next step, a row for each; what it gives as `added.x` are entries for the list x (`steps/entries.ts`), beside which it takes `has` and
// `place`, the number of tokens before. All else that it takes is of the source, from what `encode` takes or gives: once for all rows of a source, which
// then are as many for each and stand together, where its first size has another name than that of `token`.
import { is, type Kinds, optionsOf } from '../base/index.js';
import {
	createSessionHost,
	expectPrecision,
	type OnnxModel,
	type OnnxValue,
	type Precision,
	readOnnx,
	type SessionOptions,
	type Tensor,
	tensor,
	writeOnnx,
} from '../graph/index.js';
import type { Decoder } from './decoder.js';
import { type DecoderOptions, decoderKinds, replicated } from './replicas.js';
import { openTaker, releaseAll, take, withPlaces } from './steps/caches.js';
import { emptyLists, entriesOf } from './steps/entries.js';
import { feedsOf, runStep, takenBy } from './steps/feeds.js';
import { openOrder } from './steps/order.js';
import { reordered, withLikeliest } from './steps/reordered.js';
import { runnable } from './steps/runnable.js';
import { alone, unitsOf } from './steps/units.js';

/** The programs of a model, and the tokens that mean something. */
export interface Programs {
	/** From `source` `[batch, source]` and `sourceLengths` `[batch]`, both int32, to what `step` takes: the bytes of an ONNX model. */
	readonly encode: Uint8Array;
	/** From `token` `[rows]`, int32, to `logits` `[rows, vocabulary]` and, where it looks at the source, `attention` `[rows, source]`. */
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

/** How the programs of a model are opened. */
export interface ProgramsOptions extends DecoderOptions {
	/** `int8` computes products by weights in bytes (on the CPU): mostly faster, and a little less exact. Default `float32`. */
	readonly precision?: Precision | undefined;
}

const programsKinds: Kinds<ProgramsOptions> = { ...decoderKinds, precision: is.one('float32', 'int8') };

/**
 * Opens a decoder over two programs, as `exportModel(model, weights, 'encode')` gives them.
 *
 * @throws {RangeError} for programs that do not fit together.
 */
export async function openPrograms(programs: Programs, options: ProgramsOptions = {}): Promise<Decoder> {
	const checked = optionsOf('openPrograms', programs, kinds);
	const { precision = 'float32', ...shared } = optionsOf('openPrograms', options, programsKinds);
	const { device = 'cpu' } = shared;
	expectPrecision('openPrograms', precision, device);
	return replicated((session) => openOne(checked, session, precision), shared);
}

async function openOne({ encode, step, start, end, maxLength }: Programs, options: SessionOptions, precision: Precision): Promise<Decoder> {
	const model = readOnnx(step);
	const { inputs, outputs } = model.graph;
	const names = (values: readonly { readonly name: string }[]) => values.map(({ name }) => name);
	const missing = names(inputs).includes('token') ? (names(outputs).includes('logits') ? undefined : 'give logits') : 'take token';
	if (missing !== undefined) {
		const got = [...names(inputs), ...names(outputs)].join(', ');
		throw new RangeError(`openPrograms: expected step to ${missing}, got ${got}. Export the program step of the model.`);
	}
	const given = names(outputs);
	const vocabulary = outputs.find(({ name }) => name === 'logits')!.shape.at(-1);
	if (typeof vocabulary !== 'number')
		throw new RangeError(
			`openPrograms: expected step to give logits of a known number of tokens, got ${vocabulary}. Export it with that size.`,
		);
	const states = names(inputs).filter((name) => given.includes(next(name)));
	const lists = inputs.filter(({ name }) => given.includes(added(name)));
	const told = ['token', ...names(lists), ...(lists.length > 0 ? ['has', 'place'] : [])];
	const ofSource = inputs.filter(({ name }) => !told.includes(name) && !states.includes(name));
	const host = createSessionHost();
	try {
		const { optimize = true, device = 'cpu' } = options;
		const faster = (model: OnnxModel) => (device === 'cpu' ? runnable(model, { optimize, precision }) : model);
		const [encoder, stepper] = [
			await host.open(writeOnnx(faster(readOnnx(encode))), options),
			await host.open(writeOnnx(withLikeliest(reordered(faster(model), states))), options),
		];
		const unknown = [...states, ...names(ofSource)].find((name) => !encoder.outputs.includes(name) && !encoder.inputs.includes(name));
		if (unknown !== undefined) {
			const got = [...encoder.inputs, ...encoder.outputs].join(', ');
			throw new RangeError(
				`openPrograms: expected encode to take or give ${unknown}, which step takes, got ${got}. Export both of one model.`,
			);
		}
		// A decoder may have its states alone.
		const tensors = ofSource.map(({ name, dtype, shape }) => ({ name, dtype, rank: shape.length }));
		const taker = tensors.length > 0 ? await openTaker(host, tensors) : undefined;
		const order = lists.length > 0 ? await openOrder(host, lists) : undefined;
		const looks = given.includes('attention');
		// A step that has one size for rows and sources takes what is of the source once for each row.
		const [{ shape: rowsOf }] = inputs.filter(({ name }) => name === 'token') as [OnnxValue];
		const unitsOfStep = ofSource.some(({ shape }) => shape[0] === rowsOf[0]) ? alone : unitsOf;
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
				return withPlaces(host, [...states, ...begun, ...emptyLists(lists, given.length)], async (places) => {
					const some = (chosen: readonly string[]) => Object.fromEntries(chosen.map((name) => [name, places[name]!]));
					const source = some(names(ofSource));
					await encoder.run(feedsOf(encoder.inputs, sources), { outputs: [], into: some(Object.keys(places).filter(isMade)) });
					const into = Object.fromEntries(states.map((name) => [next(name), places[name]!]));
					const entries = order && entriesOf(order, some(names(lists)), given.length);
					const all = Int32Array.from(given.keys());
					let [owners, units, place] = [all, alone(all), 0];
					const run = async (tokens: Int32Array, rows: Int32Array, count?: number) => {
						owners = rows.map((row) => owners[row]!);
						const [before, now] = [units, unitsOfStep(owners)];
						const from = now.owners.map((_, unit) => Math.trunc(rows[unit * now.size]! / before.size));
						units = now;
						if (taker && !isAll(from, before.owners.length)) await take(taker, source, from);
						await entries?.begin(now, rows);
						const said = { token: tensor('int32', [tokens.length], tokens), place: tensor('int32', [], [place++]) };
						const feeds = { ...places, ...said, ...takenBy(rows), ...(entries && { has: entries.has() }) };
						const own = Object.entries(entries?.own() ?? {}).map(([name, part]) => [added(name), part]);
						return runStep(stepper, feeds, { into: { ...into, ...Object.fromEntries(own) }, count, looks });
					};
					return {
						prompts: given.map(() => [start]),
						vocabulary,
						first: (count) => run(new Int32Array(given.length).fill(start), all, count),
						step: run,
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
const added = (name: string) => `added.${name}`;

/** Whether these are all of so many, each in its place. */
const isAll = (places: Int32Array, count: number) => places.length === count && places.every((from, place) => from === place);

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
