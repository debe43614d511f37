// SplitMix64 (Steele, Lea & Flood 2014): one state for each thread.
let state: u64 = 0;

/** Begins again, by two numbers. */
export function seedRandom(low: u32, high: u32): void {
	state = (<u64>high << 32) | low;
	state = random();
}

/** 64 random bits. */
// @ts-ignore: decorator
@inline
export function random(): u64 {
	state += 0x9e3779b97f4a7c15;
	let z = state;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/** A whole number below `limit`, of 32 random bits. */
// @ts-ignore: decorator
@inline
export function below(bits: u32, limit: u32): u32 {
	return <u32>((<u64>bits * <u64>limit) >> 32);
}
