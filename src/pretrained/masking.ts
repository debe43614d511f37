// Masked language modelling (Devlin et al. 2019, section 3.1): which tokens of a text are to be told from the others, and what stands in their place.
import { is, type Kinds, optionsOf, randomFloat, randomUint32 } from '../base/index.js';

/** How tokens are hidden. */
export interface Masking {
	/** The share of a text's tokens that are to be told. Default 0.15. */
	readonly share?: number;
	/** Of these, the share whose place `[MASK]` takes, and the share that a random token stands for; the others stay. Default 0.8 and 0.1. */
	readonly masked?: number;
	readonly random?: number;
	/** Whether all subwords of a word are hidden together. Default false. */
	readonly wholeWords?: boolean;
}

export const maskingKinds: Kinds<Masking> = { share: is.share, masked: is.share, random: is.share, wholeWords: is.flag };

/** What has to be known of the tokens. */
export interface MaskedTokens {
	readonly mask: number;
	/** The ids that may stand for another token, and be told: all but special ones. */
	readonly plain: Int32Array;
	/** For each id whether it goes on with the word before it. */
	readonly continues: Uint8Array;
}

/** A text as it is shown. */
export interface Masked {
	readonly ids: Int32Array;
	/** The places of the tokens to be told, in rising order, and these tokens. */
	readonly places: Int32Array;
	readonly targets: Int32Array;
}

/** Which text, and in which epoch. */
export interface Draw {
	readonly seed: number;
	readonly epoch: number;
	readonly text: number;
}

/** What hides tokens: the same of the same text, seed and epoch. The first and the last token are special ones. */
export function masker(options: Masking, { mask, plain, continues }: MaskedTokens): (ids: Int32Array, draw: Draw) => Masked {
	const { share = 0.15, masked = 0.8, random = 0.1, wholeWords = false } = optionsOf('masking', options, maskingKinds);
	if (masked + random > 1)
		throw new RangeError(`masking: expected masked and random to be at most 1 together, got ${masked} and ${random}. Lower one of them.`);
	return (ids, { seed, epoch, text }) => {
		const stream = randomUint32(seed, epoch, text);
		const words: number[][] = [];
		for (let place = 1; place < ids.length - 1; place++) {
			if (wholeWords && words.length > 0 && continues[ids[place]!]) words.at(-1)!.push(place);
			else words.push([place]);
		}
		const wanted = Math.max(1, Math.round(share * (ids.length - 2)));
		const chosen: number[] = [];
		// Fisher–Yates, as far as it is needed. A word that is too long for what is left is passed over.
		for (let at = 0; at < words.length && chosen.length < wanted; at++) {
			const other = at + Math.floor(randomFloat(stream, 0, at) * (words.length - at));
			[words[at], words[other]] = [words[other]!, words[at]!];
			if (chosen.length === 0 || chosen.length + words[at]!.length <= wanted) chosen.push(...words[at]!);
		}
		const places = Int32Array.from(chosen).sort();
		const shown = ids.slice();
		for (const place of places) {
			const drawn = randomFloat(stream, 1, place);
			if (drawn < masked) shown[place] = mask;
			else if (drawn < masked + random) shown[place] = plain[Math.floor(randomFloat(stream, 2, place) * plain.length)]!;
		}
		return { ids: shown, places, targets: places.map((place) => ids[place]!) };
	};
}
