// Products of tall dense matrices; the plain loops would be those of tall.ts with two rows in each register.

/**
 * Adds the products of columns i … i + 3 with columns j and j + 1 of a panel, which lie one after the other `stride` bytes apart, to `sums`, of `width`
 * numbers a row. Two rows at a time.
 */
export function addDots(a: usize, b: usize, stride: usize, bytes: usize, sums: usize, width: usize): void {
	let s00 = f64x2.splat(0);
	let s01 = s00;
	let s10 = s00;
	let s11 = s00;
	let s20 = s00;
	let s21 = s00;
	let s30 = s00;
	let s31 = s00;
	const a1 = a + stride;
	const a2 = a1 + stride;
	const a3 = a2 + stride;
	const b1 = b + stride;
	for (let at: usize = 0; at < bytes; at += 16) {
		const y0 = v128.load(b + at);
		const y1 = v128.load(b1 + at);
		let x = v128.load(a + at);
		s00 = f64x2.add(s00, f64x2.mul(x, y0));
		s01 = f64x2.add(s01, f64x2.mul(x, y1));
		x = v128.load(a1 + at);
		s10 = f64x2.add(s10, f64x2.mul(x, y0));
		s11 = f64x2.add(s11, f64x2.mul(x, y1));
		x = v128.load(a2 + at);
		s20 = f64x2.add(s20, f64x2.mul(x, y0));
		s21 = f64x2.add(s21, f64x2.mul(x, y1));
		x = v128.load(a3 + at);
		s30 = f64x2.add(s30, f64x2.mul(x, y0));
		s31 = f64x2.add(s31, f64x2.mul(x, y1));
	}
	const row = width << 3;
	put(sums, s00, s01);
	put(sums + row, s10, s11);
	put(sums + 2 * row, s20, s21);
	put(sums + 3 * row, s30, s31);
}

/** Adds the sums of two registers. */
// @ts-ignore: decorator
@inline
function put(to: usize, first: v128, second: v128): void {
	store<f64>(to, load<f64>(to) + f64x2.extract_lane(first, 0) + f64x2.extract_lane(first, 1));
	store<f64>(to, load<f64>(to, 8) + f64x2.extract_lane(second, 0) + f64x2.extract_lane(second, 1), 8);
}
