// Tokens that lie side by side in a text, told by where they end: what threads exchange in the place of their texts.
import { part } from '../base/index.js';

/** Tokens that are not there as texts yet. */
export class Pieces {
	readonly text: string;
	/** Where each ends. */
	readonly ends: readonly number[];

	constructor(text: string, ends: readonly number[]) {
		this.text = text;
		this.ends = ends;
	}

	/** The tokens. */
	tokens(): string[] {
		return piecesOf(this.text, this.ends, 0, this.ends.length);
	}
}

/** The tokens of a text whose ends are those from place `first` to `last` of `ends`. */
export function piecesOf(text: string, ends: ArrayLike<number>, first: number, last: number): string[] {
	const tokens = new Array<string>(last - first);
	let from = 0;
	for (let i = 0; i < tokens.length; i++) {
		const end = ends[first + i]!;
		tokens[i] = part(text, from, end);
		from = end;
	}
	return tokens;
}
