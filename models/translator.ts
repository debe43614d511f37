// What a recipe of sequences takes of a model from one sequence to another: documents are its sources.
import type { Architecture, Network, Sizes, Trainable } from 'textloom/train';
import type { Seq2SeqInput } from './token-pairs.js';

/** The sizes of the vocabularies. Words that share their vectors are as many on both sides: those of the target, whose last two mark begin and end. */
export const sizesOf = ({ vocabulary, outputs }: Sizes, tied: string | undefined): { source: number; target: number } => ({
	source: tied === 'all' ? outputs : vocabulary,
	target: outputs,
});

/** A kind of translator of its options. The loss is the task's. */
export function translator(name: string, options: object, build: (sizes: Sizes) => Trainable<Seq2SeqInput>): Architecture {
	return {
		spec: { model: name, options: options as Architecture['spec']['options'] },
		each: 'sequence',
		minLength: 1,
		build(sizes): Network {
			const { parameters, apply, programs } = build(sizes);
			return {
				parameters,
				apply: ({ ids, lengths, target }, mode) =>
					apply({ source: ids, sourceLengths: lengths, target: target!, targets: target! }, mode).logits!,
				programs: programs as NonNullable<Network['programs']>,
			};
		},
	};
}
