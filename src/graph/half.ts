// Numbers as the bits of 16-bit floats (IEEE 754 binary16).

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
