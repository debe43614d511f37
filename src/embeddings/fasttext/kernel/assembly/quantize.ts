// The nearest of 256 centroids for each of many short vectors: four centroids in a register at a time.

/**
 * Writes for each of `count` points of `width` numbers the number of its nearest centroid, one byte each, to `codes`. `centroids` has the first number of all 256,
 * then the second, …; `halves` half of each one's squared norm: what is compared is |c|² / 2 − x c, which differs from half of the squared distance by |x|² / 2.
 * With equal ones the first is taken.
 */
export function assign(points: usize, count: usize, width: usize, centroids: usize, halves: usize, codes: usize): void {
	for (let point: usize = 0; point < count; point++, points += width << 2) {
		let least = f32x4.splat(Infinity);
		let found = i32x4.splat(0);
		let place = i32x4(0, 1, 2, 3);
		const step = i32x4.splat(4);
		// The first two numbers stay in registers: a point has two, as a rule.
		const x0 = v128.load32_splat(points);
		const x1 = width > 1 ? v128.load32_splat(points + 4) : f32x4.splat(0);
		const second = width > 1 ? centroids + 1024 : centroids;
		for (let at: usize = 0; at < 1024; at += 16) {
			let distance = f32x4.sub(v128.load(halves + at), f32x4.mul(x0, v128.load(centroids + at)));
			distance = f32x4.sub(distance, f32x4.mul(x1, v128.load(second + at)));
			for (let i: usize = 2; i < width; i++) {
				distance = f32x4.sub(distance, f32x4.mul(v128.load32_splat(points + (i << 2)), v128.load(centroids + (i << 10) + at)));
			}
			const isLess = f32x4.lt(distance, least);
			least = v128.bitselect(distance, least, isLess);
			found = v128.bitselect(place, found, isLess);
			place = i32x4.add(place, step);
		}
		let best = f32x4.extract_lane(least, 0);
		let code = i32x4.extract_lane(found, 0);
		for (let lane = 1; lane < 4; lane++) {
			const other = lane == 1 ? f32x4.extract_lane(least, 1) : lane == 2 ? f32x4.extract_lane(least, 2) : f32x4.extract_lane(least, 3);
			const otherCode = lane == 1 ? i32x4.extract_lane(found, 1) : lane == 2 ? i32x4.extract_lane(found, 2) : i32x4.extract_lane(found, 3);
			if (other < best || (other == best && otherCode < code)) {
				best = other;
				code = otherCode;
			}
		}
		store<u8>(codes + point, <u8>code);
	}
}
