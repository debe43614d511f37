// Rows of length 1 as whole numbers of one byte each: u ≈ scale · code, and how far the two are apart. A pass over codes reads a quarter of the memory.

/**
 * Writes the codes of `count` rows, filled up with zeros to `codeBytes` each, which are whole registers; their scales; and ‖u − scale · code‖ or a
 * little more.
 */
export function encode(
	rows: usize,
	width: usize,
	norms: usize,
	codes: usize,
	codeBytes: usize,
	scales: usize,
	errors: usize,
	count: usize,
): void {
	const whole = width & ~15;
	const largest = f32x4.splat(127);
	for (const end = scales + (count << 2); scales < end; scales += 4, errors += 4, norms += 4, rows += width << 2, codes += codeBytes) {
		let most: f32 = 0;
		for (let i: usize = 0; i < width; i++) most = max<f32>(most, abs<f32>(load<f32>(rows + (i << 2))));
		memory.fill(codes + whole, 0, codeBytes - whole);
		const norm = load<f32>(norms);
		// Of a row of zeros, or one of numbers so small that this is infinite, the codes are 0 and the error is its length, 1 at most.
		const up: f32 = 127 / most;
		if (!(norm > 0) || !(up < f32.MAX_VALUE)) {
			memory.fill(codes, 0, codeBytes);
			store<f32>(scales, 0);
			store<f32>(errors, 1.00001);
			continue;
		}
		const scale: f32 = most / norm / 127;
		const inverse: f32 = 1 / norm;
		const up4 = f32x4.splat(up);
		const scale4 = f32x4.splat(scale);
		const inverse4 = f32x4.splat(inverse);
		let squares = f32x4.splat(0);
		for (let i: usize = 0; i < whole; i += 16) {
			const from = rows + (i << 2);
			const x0 = v128.load(from);
			const x1 = v128.load(from, 16);
			const x2 = v128.load(from, 32);
			const x3 = v128.load(from, 48);
			const c0 = f32x4.min(f32x4.nearest(f32x4.mul(x0, up4)), largest);
			const c1 = f32x4.min(f32x4.nearest(f32x4.mul(x1, up4)), largest);
			const c2 = f32x4.min(f32x4.nearest(f32x4.mul(x2, up4)), largest);
			const c3 = f32x4.min(f32x4.nearest(f32x4.mul(x3, up4)), largest);
			squares = f32x4.add(squares, square(x0, c0, inverse4, scale4));
			squares = f32x4.add(squares, square(x1, c1, inverse4, scale4));
			squares = f32x4.add(squares, square(x2, c2, inverse4, scale4));
			squares = f32x4.add(squares, square(x3, c3, inverse4, scale4));
			const low = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(c0), i32x4.trunc_sat_f32x4_s(c1));
			const high = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(c2), i32x4.trunc_sat_f32x4_s(c3));
			v128.store(codes + i, i8x16.narrow_i16x8_s(low, high));
		}
		let sum =
			f32x4.extract_lane(squares, 0) + f32x4.extract_lane(squares, 1) + f32x4.extract_lane(squares, 2) + f32x4.extract_lane(squares, 3);
		for (let i = whole; i < width; i++) {
			const x = load<f32>(rows + (i << 2));
			const code = min<f32>(nearest<f32>(x * up), 127);
			const off = x * inverse - scale * code;
			sum += off * off;
			store<i8>(codes + i, <i8>code);
		}
		store<f32>(scales, scale);
		// More than what float32 rounds.
		store<f32>(errors, sqrt<f32>(sum) * 1.001 + 0.000001);
	}
}

// @ts-ignore: decorator
@inline
function square(x: v128, code: v128, inverse: v128, scale: v128): v128 {
	const off = f32x4.sub(f32x4.mul(x, inverse), f32x4.mul(scale, code));
	return f32x4.mul(off, off);
}

/**
 * For each of `count` rows: factor · scale · (code · query) + error, which the cosine is at most, but for the query's own error. The query is
 * int16, filled up with zeros; four rows at a time.
 */
export function bounds(codes: usize, codeBytes: usize, query: usize, scales: usize, errors: usize, factor: f32, out: usize, count: usize): void {
	const factors = f32x4.splat(factor);
	for (const end = out + (count << 2); out < end; out += 16, scales += 16, errors += 16, codes += codeBytes << 2) {
		const c1 = codes + codeBytes;
		const c2 = c1 + codeBytes;
		const c3 = c2 + codeBytes;
		let s0 = i32x4.splat(0);
		let s1 = s0;
		let s2 = s0;
		let s3 = s0;
		for (let at: usize = 0; at < codeBytes; at += 16) {
			const low = v128.load(query + (at << 1));
			const high = v128.load(query + (at << 1), 16);
			s0 = i32x4.add(s0, products(v128.load(codes + at), low, high));
			s1 = i32x4.add(s1, products(v128.load(c1 + at), low, high));
			s2 = i32x4.add(s2, products(v128.load(c2 + at), low, high));
			s3 = i32x4.add(s3, products(v128.load(c3 + at), low, high));
		}
		const a = i32x4.add(v128.shuffle<i32>(s0, s1, 0, 2, 4, 6), v128.shuffle<i32>(s0, s1, 1, 3, 5, 7));
		const b = i32x4.add(v128.shuffle<i32>(s2, s3, 0, 2, 4, 6), v128.shuffle<i32>(s2, s3, 1, 3, 5, 7));
		const sums = i32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7));
		const cosines = f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(sums), v128.load(scales)), factors);
		v128.store(out, f32x4.add(cosines, v128.load(errors)));
	}
}

// @ts-ignore: decorator
@inline
function products(codes: v128, low: v128, high: v128): v128 {
	return i32x4.add(
		i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(codes), low),
		i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(codes), high),
	);
}
