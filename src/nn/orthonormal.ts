// Gram–Schmidt: vectors at right angles and of length 1, from any that are independent.

/** `rows` vectors of `width` (not fewer) numbers, one after the other. Each is cleared of the earlier ones twice: once leaves rounding. */
export function orthonormalRows(rows: number, width: number, value: (index: number) => number): Float64Array {
	const all = Float64Array.from({ length: rows * width }, (_, i) => value(i));
	const row = (place: number) => all.subarray(place * width, (place + 1) * width);
	for (let place = 0; place < rows; place++) {
		const own = row(place);
		for (let pass = 0; pass < 2; pass++) {
			for (let before = 0; before < place; before++) {
				const other = row(before);
				const share = dot(own, other);
				for (let i = 0; i < width; i++) own[i]! -= share * other[i]!;
			}
			const length = Math.sqrt(dot(own, own));
			for (let i = 0; i < width; i++) own[i]! /= length;
		}
	}
	return all;
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}
