// Augmentation: training texts changed a little, differently in each epoch, so that a model does not learn them by heart.
import { hashText, is, type Kinds, optionsOf } from '../base/index.js';
import { type AnyStage, map, movedTokens, type OwnStage, ownStage, type Stage } from '../stream/index.js';
import { editWord } from './edit-word.js';
import { type Random, randomOf } from './random-of.js';

/** How documents are changed. Each share is the probability that a word is. */
export interface AugmentOptions {
	/** What is changed: `tokens`, or the words of `text` between white space. Default 'tokens'. */
	on?: 'tokens' | 'text';
	/** The share of words left out (at least one stays). Default 0.1. */
	drop?: number;
	/** The share of words that change places with another one. Default 0.05. */
	swap?: number;
	/** The share of words that get one wrong character: left out, put in, replaced, or in the place of its neighbour. Default 0.05. */
	noise?: number;
	/** Same seed, same texts. Default 0. */
	seed?: number;
	/** The epoch of training; each changes documents differently. Default none: documents stay as they are, as in prediction. */
	epoch?: number;
}

const kinds: Kinds<AugmentOptions> = {
	on: is.one('tokens', 'text'),
	drop: is.share,
	swap: is.share,
	noise: is.share,
	seed: is.whole(),
	epoch: is.whole(0),
};

/** What makes `augment`: the fields of its stage depend on `on`. */
interface Augment {
	(options: AugmentOptions & { on: 'text' }): Stage<{ text: string }, { text: string }>;
	(options?: AugmentOptions & { on?: 'tokens' }): Stage<{ tokens: string[] }, { tokens: string[] }>;
}

/**
 * Changes training documents at random, as dropout does activations: word dropout, swapped words (Wei & Zou 2019, "EDA") and character noise. The stage leaves
 * documents as they are, so it may be part of a pipeline that predicts, until `inTraining` gives it an epoch. What becomes of a
 * document depends on seed, epoch and the document itself, not on its place: it is the same in threads, and equal documents become equal ones.
 *
 * @example
 * const stages = chain(clean(), words(), augment({ drop: 0.1, seed: 1 }));
 * for (let epoch = 0; epoch < 5; epoch++) for await (const doc of pipe(docs, inTraining(stages, { epoch }))) …
 */
export const augment: Augment & OwnStage = ownStage(((given: AugmentOptions = {}): AnyStage => {
	const { on = 'tokens', drop = 0.1, swap = 0.05, noise = 0.05, seed = 0, epoch } = optionsOf('augment', given, kinds);
	const options = { on, drop, swap, noise, seed };
	const training = (epoch: number) => augment({ ...options, epoch } as AugmentOptions & { on: 'text' }) as AnyStage;
	const order = on === 'text' ? { rewrites: 'text' } : {};
	const needs = on === 'tokens' ? ({ tokens: 'texts' } as const) : ({ text: 'text' } as const);
	if (epoch === undefined)
		return Object.assign(
			map<AnyFields, object>(() => ({}), { stage: 'augment', options, needs }),
			{ training, ...order },
		);

	const change = (doc: AnyFields) => {
		const random = randomOf(seed, epoch, hashText(on === 'tokens' ? doc.tokens.join('\0') : doc.text));
		const changed = (doc: { readonly tokens: readonly string[] }) => {
			const moved = movedTokens(doc, swapped(dropped(doc.tokens.length, drop, random), swap, random));
			return { ...moved, tokens: noisy(moved.tokens, noise, random) };
		};
		return on === 'tokens' ? changed(doc) : { text: changed({ tokens: doc.text.match(/\S+/gu) ?? [] }).tokens.join(' ') };
	};
	return Object.assign(map(change, { stage: 'augment', options: { ...options, epoch }, needs }), { training, ...order });
}) as Augment);

/** What a document has of these depends on `on`. */
interface AnyFields {
	readonly tokens: readonly string[];
	readonly text: string;
}

/** The places of the words that stay. */
function dropped(count: number, share: number, random: Random): number[] {
	const all = Array.from({ length: count }, (_, place) => place);
	if (share === 0 || count < 2) return all;
	const kept = all.filter(() => random.float() >= share);
	return kept.length > 0 ? kept : [random.below(count)];
}

function swapped(places: readonly number[], share: number, random: Random): readonly number[] {
	if (share === 0 || places.length < 2) return places;
	const turned = [...places];
	for (let place = 0; place < turned.length; place++) {
		if (random.float() >= share) continue;
		const other = (place + 1 + random.below(turned.length - 1)) % turned.length;
		[turned[place], turned[other]] = [turned[other]!, turned[place]!];
	}
	return turned;
}

function noisy(tokens: readonly string[], share: number, random: Random): string[] {
	// Characters that come in are characters of the text, so that they belong to its language.
	return tokens.map((token) =>
		share > 0 && random.float() < share ? editWord(token, tokens[random.below(tokens.length)]!, random) : token,
	);
}
