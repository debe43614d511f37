// A decoder that says what a formula says of the tokens so far: what searches are tested on without a model.
import type { Decoder } from 'textloom/decode';

export interface Toy {
	readonly vocabulary: number;
	readonly seed?: number;
	readonly reads?: Decoder['reads'];
	readonly end?: number;
	readonly maxLength?: number;
	/** The logit of a token after others; by default a formula of the last two, the seed and the source. */
	readonly logit?: (token: number, tokens: readonly number[], source: readonly number[]) => number;
	/** Whether it says where it looks: at one place of the source after the other. */
	readonly attention?: boolean;
}

/** Each step that was asked for: how many rows it had. */
export interface ToyDecoder extends Decoder {
	readonly steps: number[];
	released: number;
}

export function toyDecoder({ vocabulary, seed = 1, reads = 'source', end, maxLength, logit, attention = false }: Toy): ToyDecoder {
	const usual = (token: number, tokens: readonly number[], source: readonly number[]) => {
		const [last = 0, before = 0] = [tokens.at(-1), tokens.at(-2)];
		return 3 * Math.sin(seed * 7.3 + token * 1.7 + last * 2.9 + before * 0.53 + source.length * 0.9 + (source[0] ?? 0) * 0.31);
	};
	const of = logit ?? usual;
	const decoder: ToyDecoder = {
		reads,
		marks: { ...(end !== undefined && { end }) },
		...(maxLength !== undefined && { maxLength }),
		steps: [],
		released: 0,
		async begin(inputs) {
			const prompts = inputs.map((input) => (reads === 'prompt' ? input : [0]));
			const width = Math.max(...inputs.map(({ length }) => length));
			let rows = prompts.map((tokens, place) => ({ tokens, source: reads === 'source' ? inputs[place]! : [] }));
			const said = () => {
				decoder.steps.push(rows.length);
				const logits = Float32Array.from(
					rows.flatMap(({ tokens, source }) => Array.from({ length: vocabulary }, (_, token) => of(token, tokens, source))),
				);
				const looked = Float32Array.from(
					rows.flatMap(({ tokens, source }) =>
						Array.from({ length: width }, (_, place) => (place === (tokens.length - 1) % Math.max(source.length, 1) ? 1 : 0)),
					),
				);
				return { logits, vocabulary, ...(attention && { attention: looked }) };
			};
			return {
				prompts,
				vocabulary,
				first: async () => said(),
				async step(tokens, from) {
					rows = Array.from(from, (row, place) => ({ ...rows[row]!, tokens: [...rows[row]!.tokens, tokens[place]!] }));
					return said();
				},
				async release() {
					decoder.released++;
				},
			};
		},
		async close() {},
	};
	return decoder;
}

/** The logarithms of the probabilities of logits. */
export function logProbabilities(logits: readonly number[]): number[] {
	const most = Math.max(...logits);
	const sum = most + Math.log(logits.reduce((all, one) => all + Math.exp(one - most), 0));
	return logits.map((one) => one - sum);
}
