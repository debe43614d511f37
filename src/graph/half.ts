// Numbers as the bits of 16-bit floats (IEEE 754 binary16).
import type { Tensor } from '../tensors/tensor.js';

/** The largest number that a 16-bit float holds. */
export const largestHalf = 65504;

const [whole, bits] = (() => {
	const buffer = new ArrayBuffer(4);
	return [new Float32Array(buffer), new Uint32Array(buffer)];
})();

/** The nearest 16-bit float (ties to even), as its bits. What lies beyond the largest becomes the largest: a mask's −10³⁰ stays finite. */
export function toHalf(value: number): number {
	const bounded = Number.isFinite(value) ? Math.min(Math.max(value, -largestHalf), largestHalf) : value;
	whole[0] = bounded;
	const given = bits[0]!;
	const sign = (given >>> 16) & 0x8000;
	const exponent = (given >>> 23) & 0xff;
	const fraction = given & 0x7fffff;
	if (exponent === 0xff) return sign | 0x7c00 | (fraction ? 0x200 : 0);
	if (exponent > 112) return sign + rounded(((exponent - 112) << 23) | fraction, 13);
	// Below 2⁻¹⁴ the fraction has a fixed place; below half of the least there is nothing.
	return exponent < 102 ? sign : sign + rounded(fraction | 0x800000, 126 - exponent);
}

/** The number without its last `places` bits, to the nearest, a half to the even one. */
function rounded(number: number, places: number): number {
	const kept = number >>> places;
	const rest = number & ((1 << places) - 1);
	const half = 1 << (places - 1);
	return kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0);
}

/** The numbers of a tensor of 16-bit floats as float32; any other tensor as it is. */
export function toFloat32(half: Tensor): Tensor {
	const { dtype, shape } = half;
	if (dtype !== 'float16' && dtype !== 'bfloat16') return half;
	const bits = half.data as Uint16Array;
	const words = new Uint32Array(bits.length);
	for (let at = 0; at < bits.length; at++) words[at] = dtype === 'bfloat16' ? bits[at]! << 16 : wide(bits[at]!);
	return { dtype: 'float32', shape, data: new Float32Array(words.buffer) };
}

/** The bits of a float16 as those of a float32: sign, five bits of exponent from −15 to −127, ten of fraction. */
function wide(half: number): number {
	const [sign, exponent, fraction] = [(half & 0x8000) << 16, (half >> 10) & 0x1f, half & 0x3ff];
	if (exponent === 0x1f) return sign | 0x7f80_0000 | (fraction << 13);
	if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
	if (fraction === 0) return sign;
	// Below the least normal number: the first bit that is set becomes the one that is not written.
	const shift = Math.clz32(fraction) - 21;
	return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}
