// The loops of linear algebra: sparse rows times a dense matrix, and what is in the other files. AssemblyScript; addresses are in bytes, numbers are float64, places are 32 bits.
export { descend } from './descend';
export { addDots } from './gram';

/**
 * Rows `from` … `to` of a sparse matrix times a dense one of `width` numbers for each column, to the beginning of `product`: four entries of a row at
 * a time, added up in the order of the plain loop in sparse-times.ts, so that both give the same bits.
 */
export function times(
	starts: usize,
	indices: usize,
	values: usize,
	dense: usize,
	product: usize,
	width: usize,
	from: usize,
	to: usize,
): void {
	const stride = width << 3;
	const pairs = stride & ~15;
	for (let row = from; row < to; row++, product += stride) {
		memory.fill(product, 0, stride);
		let at = <usize>load<u32>(starts + (row << 2));
		const end = <usize>load<u32>(starts + (row << 2), 4);
		for (; at + 3 < end; at += 4) {
			const place = indices + (at << 2);
			const value = values + (at << 3);
			const d0 = dense + <usize>load<u32>(place) * stride;
			const d1 = dense + <usize>load<u32>(place, 4) * stride;
			const d2 = dense + <usize>load<u32>(place, 8) * stride;
			const d3 = dense + <usize>load<u32>(place, 12) * stride;
			const v0 = load<f64>(value);
			const v1 = load<f64>(value, 8);
			const v2 = load<f64>(value, 16);
			const v3 = load<f64>(value, 24);
			const s0 = f64x2.splat(v0);
			const s1 = f64x2.splat(v1);
			const s2 = f64x2.splat(v2);
			const s3 = f64x2.splat(v3);
			for (let i: usize = 0; i < pairs; i += 16) {
				let sum = f64x2.add(f64x2.mul(s0, v128.load(d0 + i)), f64x2.mul(s1, v128.load(d1 + i)));
				sum = f64x2.add(sum, f64x2.mul(s2, v128.load(d2 + i)));
				sum = f64x2.add(sum, f64x2.mul(s3, v128.load(d3 + i)));
				v128.store(product + i, f64x2.add(v128.load(product + i), sum));
			}
			if (pairs < stride) {
				const sum = v0 * load<f64>(d0 + pairs) + v1 * load<f64>(d1 + pairs) + v2 * load<f64>(d2 + pairs) + v3 * load<f64>(d3 + pairs);
				store<f64>(product + pairs, load<f64>(product + pairs) + sum);
			}
		}
		for (; at < end; at++) {
			const from = dense + <usize>load<u32>(indices + (at << 2)) * stride;
			const v = load<f64>(values + (at << 3));
			const s = f64x2.splat(v);
			for (let i: usize = 0; i < pairs; i += 16) {
				v128.store(product + i, f64x2.add(v128.load(product + i), f64x2.mul(s, v128.load(from + i))));
			}
			if (pairs < stride) store<f64>(product + pairs, load<f64>(product + pairs) + v * load<f64>(from + pairs));
		}
	}
}
