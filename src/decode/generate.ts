// Generation: one search for each input, and one run of the model for the next tokens of all.
import { argumentOf, is, type Kind } from '../base/index.js';
import type { Decoder, Decoding, Logits, Step } from './decoder.js';
import { type GenerateOptions, type Settings, settingsOf } from './options.js';
import { processorsOf } from './processors/index.js';
import type { Processor } from './processors/processor.js';
import { likeliestOf, logSoftmax, type TokenScores } from './scores.js';
import { type Hypothesis, searchOf } from './search/index.js';
import type { Scores, Search } from './search/search.js';

/** Tokens that are added where nobody says how many. */
const usualTokens = 128;

const inputs: Kind = {
	expected: 'an array of sequences of tokens, none empty',
	fits: (value) => Array.isArray(value) && value.every((one) => Array.isArray(one) && one.length > 0 && is.list(is.whole(0)).fits(one)),
	next: 'Encode texts first, and leave out those that are empty.',
};

/**
 * Goes on with inputs: sources of a model with an encoder, or prompts. Gives for each the sequences that were found, best first, drawn ones as they were
 * drawn: `numReturnSequences`, or fewer where there are no more. A sequence that does not end by itself ends by its length, with `ended` false. What an
 * input gets does not depend on what others are beside it; what is drawn, on its place among them.
 *
 * @throws {RangeError} for options that cannot be used, inputs beyond the model's length, and where the options leave no token; {TypeError} for options
 * that do not go together.
 *
 * @example
 * const decoder = await openDecoder('opus-mt-en-de');
 * const [[best]] = await generate(decoder, [[12, 5, 88, 0]], { numBeams: 4 });
 */
export async function generate(
	decoder: Decoder,
	given: readonly (readonly number[])[],
	options: GenerateOptions = {},
): Promise<readonly (readonly Hypothesis[])[]> {
	argumentOf('generate', 'inputs', given, inputs);
	const settings = settingsOf('generate', options, decoder);
	const { batchSize, signal, onProgress, numbers } = settings;
	if (numbers && numbers.length !== given.length)
		throw new RangeError(
			`generate: expected numbers of ${given.length} inputs, got ${numbers.length}. Pass one for each, or leave them out.`,
		);
	expectRoom(decoder, given, settings);
	const decoders = [decoder, ...(decoder.beside ?? [])];
	const size = Math.max(1, Math.ceil(Math.min(batchSize, given.length) / decoders.length));
	// Inputs of like lengths together: less padding. The longest first, so that those who work beside each other end at about the same time.
	const order = [...given.keys()].sort((a, b) => given[b]!.length - given[a]!.length);
	const results: (readonly Hypothesis[])[] = [];
	let [from, done] = [0, 0];
	const work = async (own: Decoder) => {
		while (from < order.length) {
			signal?.throwIfAborted();
			const some = order.slice(from, from + size);
			from += size;
			const found = await together(own, some, { given, settings });
			for (const [place, input] of some.entries()) results[input] = found[place]!;
			done += some.length;
			onProgress?.(done);
		}
	};
	const stopping = (error: unknown) => {
		from = order.length;
		throw error;
	};
	const ended = await Promise.allSettled(decoders.map((own) => work(own).catch(stopping)));
	const failed = ended.find((one) => one.status === 'rejected');
	if (failed) throw failed.reason;
	return results;
}

/** The most tokens of a sequence with this prompt. */
function longestOf({ maxLength, maxNewTokens }: Settings, limit: number, prompt: number): number {
	return Math.min(maxLength ?? prompt + (maxNewTokens ?? usualTokens), limit);
}

/** Throws for what does not fit into the model, and for lengths that leave no room. */
function expectRoom(
	{ reads, maxLength: limit = Number.POSITIVE_INFINITY, maxInput = Number.POSITIVE_INFINITY }: Decoder,
	given: readonly (readonly number[])[],
	settings: Settings,
): void {
	for (const [place, { length }] of given.entries()) {
		if (length > maxInput)
			throw new RangeError(
				`generate: expected inputs of at most ${maxInput} tokens, as the model reads, got ${length} at place ${place}. Cut it.`,
			);
		const prompt = reads === 'prompt' ? length : 1;
		const asked = settings.maxLength ?? prompt + (settings.maxNewTokens ?? 0);
		if (asked > limit) {
			throw new RangeError(
				`generate: expected sequences of at most ${limit} tokens, as the model has places, got ${asked} at place ${place}. Lower the length that is asked for.`,
			);
		}
		const longest = longestOf(settings, limit, prompt);
		if (longest > prompt) continue;
		throw new RangeError(
			`generate: expected room after the prompt of ${prompt} tokens at place ${place}, got a length of at most ${longest}. Raise maxLength, or cut the prompt.`,
		);
	}
}

/** Throws for tokens that must come and that the model does not have. */
function expectTokens({ forceWordsIds = [], forcedBosTokenId: first, forcedEosTokenId: last }: Settings, vocabulary: number): void {
	const named = { forceWordsIds: forceWordsIds.flat(), forcedBosTokenId: [first ?? []].flat(), forcedEosTokenId: [last ?? []].flat() };
	for (const [name, tokens] of Object.entries(named)) {
		const unknown = tokens.find((token) => token >= vocabulary);
		if (unknown !== undefined)
			throw new RangeError(`generate: expected ${name} of tokens below ${vocabulary}, as the model has them, got ${unknown}. Correct it.`);
	}
}

/** A search, and what changes its scores. */
interface Running {
	readonly search: Search;
	readonly processors: readonly Processor[];
	readonly input: number;
	/** How long its source is: that of others in the batch may be longer. */
	readonly source: number;
	/** The row of the last step that each of its beams goes on from. */
	rows: readonly number[];
}

/** Generates for some inputs at the same time. */
async function together(
	decoder: Decoder,
	some: readonly number[],
	{ given, settings }: { readonly given: readonly (readonly number[])[]; readonly settings: Settings },
): Promise<(readonly Hypothesis[])[]> {
	const decoding = await decoder.begin(some.map((input) => given[input]!));
	try {
		const all = some.map((input, row): Running => {
			const prompt = decoding.prompts[row]!;
			const longest = longestOf(settings, decoder.maxLength ?? Number.POSITIVE_INFINITY, prompt.length);
			const source = decoder.reads === 'source' ? given[input] : undefined;
			const search = searchOf({ prompt, longest, input: settings.numbers?.[input] ?? input, settings });
			return {
				...{ search, input, source: given[input]!.length, rows: search.beams.map(() => row) },
				processors: processorsOf(settings, { input, source, prompt, longest }),
			};
		});
		await follow(decoding, all, settings);
		return all.map(({ search }) => search.results());
	} finally {
		await decoding.release();
	}
}

/** Steps until all searches are done; those that are leave the batch. */
async function follow(decoding: Decoding, all: readonly Running[], settings: Settings): Promise<void> {
	const { signal, onToken, numBeams, coveragePenalty } = settings;
	expectTokens(settings, decoding.vocabulary);
	const needed = all.every(({ processors }) => processors.length === 0) ? all[0]?.search.needs : undefined;
	const likeliest = needed === undefined ? undefined : Math.min(needed, decoding.vocabulary);
	let step = await decoding.first(likeliest);
	if (coveragePenalty !== undefined && !step.attention) {
		throw new TypeError(
			'generate: expected a model that says where it looks beside coveragePenalty, got one that does not. Leave coveragePenalty out.',
		);
	}
	let running = all;
	for (let rowCount = all.length; ; ) {
		for (const one of running) {
			one.search.advance(scoresOf(one, step, { isLogarithm: numBeams > 1, rowCount }));
			if (onToken) tell(one, onToken);
		}
		running = running.filter(({ search }) => search.beams.length > 0);
		if (running.length === 0) return;
		signal?.throwIfAborted();
		const beams = running.flatMap(({ search }) => search.beams);
		const from = running.flatMap(({ search, rows }) => search.beams.map(({ from }) => rows[from]!));
		const tokens = Int32Array.from(beams, ({ tokens }) => tokens.at(-1)!);
		step = await decoding.step(tokens, Int32Array.from(from), likeliest);
		rowCount = 0;
		for (const one of running) one.rows = one.search.beams.map(() => rowCount++);
	}
}

function tell({ search, input }: Running, onToken: NonNullable<Settings['onToken']>): void {
	const [beam] = search.beams;
	const token = beam ? beam.tokens.at(-1) : search.results()[0]?.tokens.at(-1);
	if (token !== undefined) onToken({ input, token });
}

/** What a search is told of a step: beams choose by probabilities, single sequences by logits. */
function scoresOf(
	{ search, processors, rows, source }: Running,
	step: Step,
	{ isLogarithm, rowCount }: { readonly isLogarithm: boolean; readonly rowCount: number },
): Scores {
	const { attention } = step;
	const width = attention ? attention.length / rowCount : 0;
	/** The likeliest of a row that several beams may go on from, as they do at first: found once. */
	const found = new Map<number, TokenScores>();
	const shared = (beam: number, count: number): TokenScores => {
		const row = rows[beam]!;
		const own = found.get(row) ?? likeliestOf(logSoftmax(rowOf(row)), count);
		found.set(row, own);
		return own;
	};
	const rowOf = (row: number) => {
		const { logits, vocabulary } = step as Logits;
		return logits.slice(row * vocabulary, (row + 1) * vocabulary);
	};
	/** Where a row looked: beams that go on from one say the same of it. */
	const looked = new Map<number, Float32Array>();
	const scores: Scores = {
		of(beam, first) {
			const row = rows[beam]!;
			// What is only there to fill the beams, after a token that may not come: no rule is asked what comes after it.
			if (search.beams[beam]!.sum === Number.NEGATIVE_INFINITY)
				return new Float32Array((step as Logits).vocabulary).fill(Number.NEGATIVE_INFINITY);
			// Beams that go on from one row each have it for themselves.
			const own = rowOf(row);
			if (isLogarithm) logSoftmax(own);
			first?.(own);
			const { tokens } = search.beams[beam]!;
			for (const processor of processors) processor(own, tokens);
			return own;
		},
		likeliest(beam) {
			if ('logits' in step) return processors.length === 0 && search.needs ? shared(beam, search.needs) : { scores: scores.of(beam) };
			const from = rows[beam]! * step.count;
			return { scores: step.scores.subarray(from, from + step.count), tokens: step.tokens.subarray(from, from + step.count) };
		},
		attention(beam) {
			if (!attention) return undefined;
			const row = rows[beam]!;
			const own = looked.get(row) ?? attention.slice(row * width, row * width + source);
			looked.set(row, own);
			return own;
		},
	};
	return scores;
}
