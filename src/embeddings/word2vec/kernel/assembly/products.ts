// The products of a step: m context vectors against blocks of six target vectors, first their dot products, then both updates. Addresses of vectors are in lists of 32 bits;
// a vector has `stride` bytes, a multiple of 16.

/** The sums of the lanes of four registers. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
	const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
	const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
	return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** The dot products of each context with six targets: to `out`, eight places for each context. */
export function dots(contexts: usize, m: usize, targets: usize, out: usize, stride: usize): void {
	const t0 = <usize>load<u32>(targets);
	const t1 = <usize>load<u32>(targets, 4);
	const t2 = <usize>load<u32>(targets, 8);
	const t3 = <usize>load<u32>(targets, 12);
	const t4 = <usize>load<u32>(targets, 16);
	const t5 = <usize>load<u32>(targets, 20);
	for (const end = contexts + (m << 2); contexts < end; contexts += 4, out += 32) {
		const c = <usize>load<u32>(contexts);
		let s0 = f32x4.splat(0);
		let s1 = s0;
		let s2 = s0;
		let s3 = s0;
		let s4 = s0;
		let s5 = s0;
		for (let at: usize = 0; at < stride; at += 16) {
			const x = v128.load(c + at);
			s0 = f32x4.add(s0, f32x4.mul(x, v128.load(t0 + at)));
			s1 = f32x4.add(s1, f32x4.mul(x, v128.load(t1 + at)));
			s2 = f32x4.add(s2, f32x4.mul(x, v128.load(t2 + at)));
			s3 = f32x4.add(s3, f32x4.mul(x, v128.load(t3 + at)));
			s4 = f32x4.add(s4, f32x4.mul(x, v128.load(t4 + at)));
			s5 = f32x4.add(s5, f32x4.mul(x, v128.load(t5 + at)));
		}
		v128.store(out, sums(s0, s1, s2, s3));
		v128.store(out, sums(s4, s5, s4, s5), 16);
	}
}

/** context ← context + Σ g · target, target ← target + Σ g · context, by the factors in the places of `dots`. Of each target what was there before counts, also for the contexts. */
export function update(contexts: usize, m: usize, targets: usize, factors: usize, stride: usize): void {
	const t0 = <usize>load<u32>(targets);
	const t1 = <usize>load<u32>(targets, 4);
	const t2 = <usize>load<u32>(targets, 8);
	const t3 = <usize>load<u32>(targets, 12);
	const t4 = <usize>load<u32>(targets, 16);
	const t5 = <usize>load<u32>(targets, 20);
	const end = contexts + (m << 2);
	for (let at: usize = 0; at < stride; at += 16) {
		const y0 = v128.load(t0 + at);
		const y1 = v128.load(t1 + at);
		const y2 = v128.load(t2 + at);
		const y3 = v128.load(t3 + at);
		const y4 = v128.load(t4 + at);
		const y5 = v128.load(t5 + at);
		let d0 = f32x4.splat(0);
		let d1 = d0;
		let d2 = d0;
		let d3 = d0;
		let d4 = d0;
		let d5 = d0;
		for (let list = contexts, g = factors; list < end; list += 4, g += 32) {
			const c = <usize>load<u32>(list) + at;
			const x = v128.load(c);
			let factor = v128.load32_splat(g);
			let sum = f32x4.add(x, f32x4.mul(factor, y0));
			d0 = f32x4.add(d0, f32x4.mul(factor, x));
			factor = v128.load32_splat(g, 4);
			sum = f32x4.add(sum, f32x4.mul(factor, y1));
			d1 = f32x4.add(d1, f32x4.mul(factor, x));
			factor = v128.load32_splat(g, 8);
			sum = f32x4.add(sum, f32x4.mul(factor, y2));
			d2 = f32x4.add(d2, f32x4.mul(factor, x));
			factor = v128.load32_splat(g, 12);
			sum = f32x4.add(sum, f32x4.mul(factor, y3));
			d3 = f32x4.add(d3, f32x4.mul(factor, x));
			factor = v128.load32_splat(g, 16);
			sum = f32x4.add(sum, f32x4.mul(factor, y4));
			d4 = f32x4.add(d4, f32x4.mul(factor, x));
			factor = v128.load32_splat(g, 20);
			sum = f32x4.add(sum, f32x4.mul(factor, y5));
			d5 = f32x4.add(d5, f32x4.mul(factor, x));
			v128.store(c, sum);
		}
		// Read once more: the same row may be there twice, and other threads write.
		v128.store(t0 + at, f32x4.add(v128.load(t0 + at), d0));
		v128.store(t1 + at, f32x4.add(v128.load(t1 + at), d1));
		v128.store(t2 + at, f32x4.add(v128.load(t2 + at), d2));
		v128.store(t3 + at, f32x4.add(v128.load(t3 + at), d3));
		v128.store(t4 + at, f32x4.add(v128.load(t4 + at), d4));
		v128.store(t5 + at, f32x4.add(v128.load(t5 + at), d5));
	}
}
