// Dropout masks. AssemblyScript; addresses are in bytes, masks are float32 and dense.

/**
 * Fills blocks of eight numbers with 0 or `kept`. Block b takes the hashes of 4b … 4b + 3 (the finalizer of src/base/random.ts, with the
 * keys of a seed and a stream): first their low halves, then their high ones; a half below `dropped` (0 … 65535) gives 0.
 */
export function mask(out: usize, blocks: usize, key1: i32, key2: i32, dropped: i32, kept: f32): void {
	const first = i32x4.splat(key1);
	const second = i32x4.splat(key2);
	const limit = i32x4.splat(dropped);
	const full = f32x4.splat(kept);
	const low = i32x4.splat(0xffff);
	const four = i32x4.splat(4);
	let index = i32x4(0, 1, 2, 3);
	for (let block: usize = 0; block < blocks; block++, out += 32) {
		const bits = mix(i32x4.add(mix(v128.xor(index, first)), second));
		v128.store(out, v128.and(full, i32x4.ge_s(v128.and(bits, low), limit)));
		v128.store(out, v128.and(full, i32x4.ge_s(i32x4.shr_u(bits, 16), limit)), 16);
		index = i32x4.add(index, four);
	}
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function mix(value: v128): v128 {
	let x = i32x4.mul(v128.xor(value, i32x4.shr_u(value, 16)), i32x4.splat(0x21f0aaad));
	x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x735a2d97));
	return v128.xor(x, i32x4.shr_u(x, 15));
}
