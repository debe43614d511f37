// What a recipe of sequences takes of a model from one sequence to another: documents are its sources.
import type { Architecture, Network, Sizes, Trainable } from 'textloom/train';
import type { Seq2SeqInput } from './token-pairs.js';

/**
 * The sizes of the vocabularies. Words that share their vectors are one vocabulary, which has the marks of the target behind its words. Throws a RangeError
 * where the texts have two.
 */
export function sizesOf(
	who: string,
	{ vocabulary, outputs, shared = false }: Sizes,
	tied: string | undefined,
): { source: number; target: number } {
	if (tied !== 'all') return { source: vocabulary, target: outputs };
	if (shared) return { source: outputs, target: outputs };
	throw new RangeError(
		`${who}: expected one vocabulary of both texts beside tied 'all', got two. Leave target out of the task, or set tied: 'target'.`,
	);
}

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
