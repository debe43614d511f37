// The output layer: scores of targets, what is learned from them, and the gradient of the hidden vector. Vectors have `stride` bytes, a multiple of 64.

/** Σ a b */
// @ts-ignore: decorator
@inline
export function dot(a: usize, b: usize, stride: usize): f32 {
	let s0 = f32x4.splat(0);
	let s1 = s0;
	for (let i: usize = 0; i < stride; i += 16) s0 = f32x4.add(s0, f32x4.mul(v128.load(a + i), v128.load(b + i)));
	return f32x4.extract_lane(s0, 0) + f32x4.extract_lane(s0, 1) + f32x4.extract_lane(s0, 2) + f32x4.extract_lane(s0, 3);
}

/** gradient += alpha · row; row += alpha · hidden: one step down for one target. */
// @ts-ignore: decorator
@inline
export function learn(row: usize, hidden: usize, gradient: usize, stride: usize, alpha: f32): void {
	const factor = f32x4.splat(alpha);
	for (let i: usize = 0; i < stride; i += 16) {
		const weights = v128.load(row + i);
		v128.store(gradient + i, f32x4.add(v128.load(gradient + i), f32x4.mul(factor, weights)));
		v128.store(row + i, f32x4.add(weights, f32x4.mul(factor, v128.load(hidden + i))));
	}
}

/** 1 / (1 + e⁻ˣ) */
// @ts-ignore: decorator
@inline
function sigmoid(x: f32): f32 {
	return 1 / (1 + Mathf.exp(-x));
}

/** A yes-or-no question about one row; the loss, −ln of the probability of what is so. */
export function binary(row: usize, isSo: bool, hidden: usize, gradient: usize, stride: usize, rate: f32): f32 {
	const score = sigmoid(dot(row, hidden, stride));
	learn(row, hidden, gradient, stride, rate * ((isSo ? <f32>1 : <f32>0) - score));
	return -Mathf.log((isSo ? score : 1 - score) + 1e-5);
}

/** All targets against each other: e^x / Σ e^x. `scores` has room for a number each. */
export function softmax(
	output: usize,
	targets: usize,
	target: usize,
	hidden: usize,
	gradient: usize,
	scores: usize,
	stride: usize,
	rate: f32,
): f32 {
	let most: f32 = -Infinity;
	for (let i: usize = 0; i < targets; i++) {
		const score = dot(output + i * stride, hidden, stride);
		store<f32>(scores + (i << 2), score);
		// NaN stays.
		if (!(score <= most)) most = score;
	}
	let sum: f32 = 0;
	for (let i: usize = 0; i < targets; i++) {
		const power = Mathf.exp(load<f32>(scores + (i << 2)) - most);
		store<f32>(scores + (i << 2), power);
		sum += power;
	}
	for (let i: usize = 0; i < targets; i++) {
		const wanted: f32 = i == target ? 1 : 0;
		learn(output + i * stride, hidden, gradient, stride, rate * (wanted - load<f32>(scores + (i << 2)) / sum));
	}
	return -Mathf.log(load<f32>(scores + (target << 2)) / sum + 1e-5);
}
