// Cosines of rows with queries, lengths of rows, and whether numbers are finite. AssemblyScript; addresses and sizes are in bytes, numbers are float32.
//
// A row is read in whole registers, so past its end, where the query has zeros; rows are done four at a time. So there must be finite numbers for
// three rows and one register behind the last row, and room for results in whole fours. Every sum is made in one order, whatever the function.
export { bounds, encode } from './codes';

/**
 * The cosine of each of `count` rows, `stride` apart, with a query of length 1 and of `bytes`, which are whole registers. 0 for a row of length 0.
 */
export function scores(rows: usize, stride: usize, bytes: usize, query: usize, norms: usize, out: usize, count: usize): void {
	const end = out + (count << 2);
	for (; out < end; out += 16, norms += 16, rows += stride << 2) {
		const r1 = rows + stride;
		const r2 = r1 + stride;
		const r3 = r2 + stride;
		let s0 = f32x4.splat(0);
		let s1 = s0;
		let s2 = s0;
		let s3 = s0;
		for (let at: usize = 0; at < bytes; at += 16) {
			const q = v128.load(query + at);
			s0 = f32x4.add(s0, f32x4.mul(q, v128.load(rows + at)));
			s1 = f32x4.add(s1, f32x4.mul(q, v128.load(r1 + at)));
			s2 = f32x4.add(s2, f32x4.mul(q, v128.load(r2 + at)));
			s3 = f32x4.add(s3, f32x4.mul(q, v128.load(r3 + at)));
		}
		v128.store(out, cosines(sums(s0, s1, s2, s3), v128.load(norms)));
	}
}

/** The same for four queries, one after the other: four results for each row. */
export function scoresOfFour(rows: usize, stride: usize, bytes: usize, queries: usize, norms: usize, out: usize, count: usize): void {
	const q1 = queries + bytes;
	const q2 = q1 + bytes;
	const q3 = q2 + bytes;
	const end = out + (count << 4);
	for (; out < end; out += 32, norms += 8, rows += stride << 1) {
		const next = rows + stride;
		let s00 = f32x4.splat(0);
		let s01 = s00;
		let s02 = s00;
		let s03 = s00;
		let s10 = s00;
		let s11 = s00;
		let s12 = s00;
		let s13 = s00;
		for (let at: usize = 0; at < bytes; at += 16) {
			const a = v128.load(rows + at);
			const b = v128.load(next + at);
			let q = v128.load(queries + at);
			s00 = f32x4.add(s00, f32x4.mul(q, a));
			s10 = f32x4.add(s10, f32x4.mul(q, b));
			q = v128.load(q1 + at);
			s01 = f32x4.add(s01, f32x4.mul(q, a));
			s11 = f32x4.add(s11, f32x4.mul(q, b));
			q = v128.load(q2 + at);
			s02 = f32x4.add(s02, f32x4.mul(q, a));
			s12 = f32x4.add(s12, f32x4.mul(q, b));
			q = v128.load(q3 + at);
			s03 = f32x4.add(s03, f32x4.mul(q, a));
			s13 = f32x4.add(s13, f32x4.mul(q, b));
		}
		v128.store(out, cosines(sums(s00, s01, s02, s03), f32x4.splat(load<f32>(norms))));
		v128.store(out, cosines(sums(s10, s11, s12, s13), f32x4.splat(load<f32>(norms, 4))), 16);
	}
}

/** The length of each row, summed in float64. */
export function norms(rows: usize, stride: usize, out: usize, count: usize): void {
	const whole = stride & ~15;
	for (const end = out + (count << 2); out < end; out += 4, rows += stride) {
		let sums = f64x2.splat(0);
		for (let at: usize = 0; at < whole; at += 16) {
			const x = v128.load(rows + at);
			const low = f64x2.promote_low_f32x4(x);
			const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
			sums = f64x2.add(sums, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
		}
		let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
		for (let at = whole; at < stride; at += 4) {
			const x = <f64>load<f32>(rows + at);
			sum += x * x;
		}
		store<f32>(out, <f32>sqrt<f64>(sum));
	}
}

/** The place of the first of the `count` numbers that is NaN or infinite; -1 where all are finite. */
export function firstBad(from: usize, count: i32): i32 {
	let at = 0;
	for (; at + 3 < count; at += 4) {
		const x = v128.load(from + (<usize>at << 2));
		// NaN and Infinity less themselves are NaN, which no number equals.
		if (!i32x4.all_true(f32x4.eq(f32x4.sub(x, x), f32x4.splat(0)))) break;
	}
	for (; at < count; at++) {
		const x = load<f32>(from + (<usize>at << 2));
		if (x - x != 0) return at;
	}
	return -1;
}

/** The sum of the lanes of each of four registers. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
	const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 2, 4, 6), v128.shuffle<f32>(a, b, 1, 3, 5, 7));
	const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 2, 4, 6), v128.shuffle<f32>(c, d, 1, 3, 5, 7));
	return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

/** Products over lengths, 0 where the length is. */
// @ts-ignore: decorator
@inline
function cosines(products: v128, lengths: v128): v128 {
	return v128.and(f32x4.div(products, lengths), f32x4.gt(lengths, f32x4.splat(0)));
}
