// Sums over rows of numbers.

/** to ← from */
// @ts-ignore: decorator
@inline
export function copy(to: usize, from: usize, stride: usize): void {
	for (let at: usize = 0; at < stride; at += 16) v128.store(to + at, v128.load(from + at));
}

/** to ← to + from */
// @ts-ignore: decorator
@inline
export function add(to: usize, from: usize, stride: usize): void {
	for (let at: usize = 0; at < stride; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
}

/** to ← to · factor */
// @ts-ignore: decorator
@inline
export function multiply(to: usize, factor: f32, stride: usize): void {
	const f = f32x4.splat(factor);
	for (let at: usize = 0; at < stride; at += 16) v128.store(to + at, f32x4.mul(f, v128.load(to + at)));
}

/** to ← (a − b) · factor */
// @ts-ignore: decorator
@inline
export function difference(to: usize, a: usize, b: usize, factor: f32, stride: usize): void {
	const f = f32x4.splat(factor);
	for (let at: usize = 0; at < stride; at += 16) v128.store(to + at, f32x4.mul(f, f32x4.sub(v128.load(a + at), v128.load(b + at))));
}

/** to ← to + factor · from */
// @ts-ignore: decorator
@inline
export function addScaled(to: usize, factor: f32, from: usize, stride: usize): void {
	const f = f32x4.splat(factor);
	for (let at: usize = 0; at < stride; at += 16) {
		v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(f, v128.load(from + at))));
	}
}

/** to ← to + a + b + c + d: four rows at a time, since each comes from far. */
export function addFour(to: usize, a: usize, b: usize, c: usize, d: usize, stride: usize): void {
	for (let at: usize = 0; at < stride; at += 16) {
		const first = f32x4.add(v128.load(a + at), v128.load(b + at));
		const second = f32x4.add(v128.load(c + at), v128.load(d + at));
		v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.add(first, second)));
	}
}

/** Adds a row to four, one after the other: two of them may be the same. */
export function addToFour(a: usize, b: usize, c: usize, d: usize, from: usize, stride: usize): void {
	for (let at: usize = 0; at < stride; at += 16) {
		const moved = v128.load(from + at);
		v128.store(a + at, f32x4.add(v128.load(a + at), moved));
		v128.store(b + at, f32x4.add(v128.load(b + at), moved));
		v128.store(c + at, f32x4.add(v128.load(c + at), moved));
		v128.store(d + at, f32x4.add(v128.load(d + at), moved));
	}
}
