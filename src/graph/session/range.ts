// The numbers of a tensor in a few figures: what a message says of them.
import type { Tensor } from '../../tensors/tensor.js';

/** What a tensor of floats holds. */
export interface NumberRange {
	readonly shape: readonly number[];
	/** Smallest and largest of the finite numbers. */
	readonly min: number;
	readonly max: number;
	readonly size: number;
	readonly zeros: number;
	readonly nan: number;
	/** NaN and infinities. */
	readonly nonFinite: number;
	/** The places of the first and the last that are not finite; −1 without one. */
	readonly first: number;
	readonly last: number;
}

/** Whether no number is NaN or infinite. */
export function allFinite({ data }: Tensor): boolean {
	for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return false;
	return true;
}

/** Counts and bounds of a tensor of floats. */
export function rangeOf({ shape, data }: Tensor): NumberRange {
	let [min, max, zeros, nan, nonFinite, first, last] = [Infinity, -Infinity, 0, 0, 0, -1, -1];
	for (let i = 0; i < data.length; i++) {
		const value = data[i] as number;
		if (Number.isFinite(value)) {
			if (value < min) min = value;
			if (value > max) max = value;
			if (value === 0) zeros++;
		} else {
			if (nonFinite++ === 0) first = i;
			last = i;
			if (Number.isNaN(value)) nan++;
		}
	}
	return { shape, min, max, size: data.length, zeros, nan, nonFinite, first, last };
}

/** `3 NaN, 1 infinite and 2 zeros of 64, from 0 to 0.93`. */
export function showRange({ min, max, size, zeros, nan, nonFinite }: NumberRange): string {
	const counts = [
		[nan, 'NaN'],
		[nonFinite - nan, 'infinite'],
		[zeros, zeros === 1 ? 'zero' : 'zeros'],
	] as const;
	const some = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
	const among = some.length > 0 ? `${some.join(', ')} of ${size}` : `${size} ${size === 1 ? 'number' : 'numbers'}`;
	return nonFinite === size ? among : `${among}, from ${short(min)} to ${short(max)}`;
}

const short = (value: number) => String(Number(value.toPrecision(4)));
