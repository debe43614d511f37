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
