// Coordinate descent over rows of one factor of a non-negative factorization; the plain loops are in topics/nmf-descent.ts, and give the same bits.

/** Changes `rows` rows of `w` in place; the sum of the sizes of the projected gradients before. `gradients` has room for `width` + 1 numbers. */
export function descend(w: usize, xht: usize, hht: usize, gradients: usize, width: usize, rows: usize, l1: f64): f64 {
	const stride = width << 3;
	let violation: f64 = 0;
	for (let row: usize = 0; row < rows; row++, w += stride, xht += stride) {
		for (let at: usize = 0; at < stride; at += 8) store<f64>(gradients + at, l1 - load<f64>(xht + at));
		for (let at: usize = 0; at < stride; at += 8) {
			const now = load<f64>(w + at);
			if (now != 0) add(gradients, now, hht + at * width, 0, stride);
		}
		for (let at: usize = 0; at < stride; at += 8) {
			const gradient = load<f64>(gradients + at);
			const now = load<f64>(w + at);
			violation += now == 0 ? max<f64>(-gradient, 0) : abs<f64>(gradient);
			const curvature = load<f64>(hht + at * width + at);
			if (curvature == 0) continue;
			const next = max<f64>(now - gradient / curvature, 0);
			if (next == now) continue;
			store<f64>(w + at, next);
			// From an even place on: gradients that were used already do not matter.
			add(gradients, next - now, hht + at * width, (at + 8) & ~15, stride);
		}
	}
	return violation;
}

/** Adds a multiple of a row, from one place on. */
// @ts-ignore: decorator
@inline
function add(gradients: usize, factor: f64, row: usize, from: usize, stride: usize): void {
	const factors = f64x2.splat(factor);
	const pairs = stride & ~15;
	for (; from < pairs; from += 16) {
		v128.store(gradients + from, f64x2.add(v128.load(gradients + from), f64x2.mul(factors, v128.load(row + from))));
	}
	if (from < stride) store<f64>(gradients + from, load<f64>(gradients + from) + factor * load<f64>(row + from));
}
