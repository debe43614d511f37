// Sums over rows of the input matrix, and what is added to each. Rows are padded to whole panels of 4, 8 or 13 registers; a panel of the sum stays in registers while all rows are read.

/** The rows of a line: addresses, 4 bytes each, in `list` … `end`. Their sum, times `scale`, to `to`. */
export function gather(list: usize, end: usize, to: usize, stride: usize, panel: usize, scale: f32): void {
	for (let offset: usize = 0; offset < stride; offset += panel << 4) {
		if (panel == 13) gather13(list, end, offset, to + offset, scale);
		else if (panel == 8) gather8(list, end, offset, to + offset, scale);
		else gather4(list, end, offset, to + offset, scale);
	}
}

/** Adds what lies at `from`, times `scale`, to each of the rows. */
export function scatter(list: usize, end: usize, from: usize, stride: usize, panel: usize, scale: f32): void {
	for (let offset: usize = 0; offset < stride; offset += panel << 4) {
		if (panel == 13) scatter13(list, end, offset, from + offset, scale);
		else if (panel == 8) scatter8(list, end, offset, from + offset, scale);
		else scatter4(list, end, offset, from + offset, scale);
	}
}

// @ts-ignore: decorator
@inline
function plus(sum: v128, at: usize): v128 {
	return f32x4.add(sum, v128.load(at));
}

// @ts-ignore: decorator
@inline
function put(at: usize, value: v128, scale: v128): void {
	v128.store(at, f32x4.mul(value, scale));
}

// @ts-ignore: decorator
@inline
function increase(at: usize, by: v128): void {
	v128.store(at, f32x4.add(v128.load(at), by));
}

// @ts-ignore: decorator
@inline
function scaled(at: usize, scale: v128): v128 {
	return f32x4.mul(v128.load(at), scale);
}

function gather13(list: usize, end: usize, offset: usize, to: usize, scale: f32): void {
	let s0 = f32x4.splat(0);
	let s1 = s0;
	let s2 = s0;
	let s3 = s0;
	let s4 = s0;
	let s5 = s0;
	let s6 = s0;
	let s7 = s0;
	let s8 = s0;
	let s9 = s0;
	let s10 = s0;
	let s11 = s0;
	let s12 = s0;
	for (; list < end; list += 4) {
		const row = <usize>load<u32>(list) + offset;
		s0 = plus(s0, row);
		s1 = plus(s1, row + 16);
		s2 = plus(s2, row + 32);
		s3 = plus(s3, row + 48);
		s4 = plus(s4, row + 64);
		s5 = plus(s5, row + 80);
		s6 = plus(s6, row + 96);
		s7 = plus(s7, row + 112);
		s8 = plus(s8, row + 128);
		s9 = plus(s9, row + 144);
		s10 = plus(s10, row + 160);
		s11 = plus(s11, row + 176);
		s12 = plus(s12, row + 192);
	}
	const factor = f32x4.splat(scale);
	put(to, s0, factor);
	put(to + 16, s1, factor);
	put(to + 32, s2, factor);
	put(to + 48, s3, factor);
	put(to + 64, s4, factor);
	put(to + 80, s5, factor);
	put(to + 96, s6, factor);
	put(to + 112, s7, factor);
	put(to + 128, s8, factor);
	put(to + 144, s9, factor);
	put(to + 160, s10, factor);
	put(to + 176, s11, factor);
	put(to + 192, s12, factor);
}

function scatter13(list: usize, end: usize, offset: usize, from: usize, scale: f32): void {
	const factor = f32x4.splat(scale);
	const g0 = scaled(from, factor);
	const g1 = scaled(from + 16, factor);
	const g2 = scaled(from + 32, factor);
	const g3 = scaled(from + 48, factor);
	const g4 = scaled(from + 64, factor);
	const g5 = scaled(from + 80, factor);
	const g6 = scaled(from + 96, factor);
	const g7 = scaled(from + 112, factor);
	const g8 = scaled(from + 128, factor);
	const g9 = scaled(from + 144, factor);
	const g10 = scaled(from + 160, factor);
	const g11 = scaled(from + 176, factor);
	const g12 = scaled(from + 192, factor);
	for (; list < end; list += 4) {
		const row = <usize>load<u32>(list) + offset;
		increase(row, g0);
		increase(row + 16, g1);
		increase(row + 32, g2);
		increase(row + 48, g3);
		increase(row + 64, g4);
		increase(row + 80, g5);
		increase(row + 96, g6);
		increase(row + 112, g7);
		increase(row + 128, g8);
		increase(row + 144, g9);
		increase(row + 160, g10);
		increase(row + 176, g11);
		increase(row + 192, g12);
	}
}

function gather8(list: usize, end: usize, offset: usize, to: usize, scale: f32): void {
	let s0 = f32x4.splat(0);
	let s1 = s0;
	let s2 = s0;
	let s3 = s0;
	let s4 = s0;
	let s5 = s0;
	let s6 = s0;
	let s7 = s0;
	for (; list < end; list += 4) {
		const row = <usize>load<u32>(list) + offset;
		s0 = plus(s0, row);
		s1 = plus(s1, row + 16);
		s2 = plus(s2, row + 32);
		s3 = plus(s3, row + 48);
		s4 = plus(s4, row + 64);
		s5 = plus(s5, row + 80);
		s6 = plus(s6, row + 96);
		s7 = plus(s7, row + 112);
	}
	const factor = f32x4.splat(scale);
	put(to, s0, factor);
	put(to + 16, s1, factor);
	put(to + 32, s2, factor);
	put(to + 48, s3, factor);
	put(to + 64, s4, factor);
	put(to + 80, s5, factor);
	put(to + 96, s6, factor);
	put(to + 112, s7, factor);
}

function scatter8(list: usize, end: usize, offset: usize, from: usize, scale: f32): void {
	const factor = f32x4.splat(scale);
	const g0 = scaled(from, factor);
	const g1 = scaled(from + 16, factor);
	const g2 = scaled(from + 32, factor);
	const g3 = scaled(from + 48, factor);
	const g4 = scaled(from + 64, factor);
	const g5 = scaled(from + 80, factor);
	const g6 = scaled(from + 96, factor);
	const g7 = scaled(from + 112, factor);
	for (; list < end; list += 4) {
		const row = <usize>load<u32>(list) + offset;
		increase(row, g0);
		increase(row + 16, g1);
		increase(row + 32, g2);
		increase(row + 48, g3);
		increase(row + 64, g4);
		increase(row + 80, g5);
		increase(row + 96, g6);
		increase(row + 112, g7);
	}
}

function gather4(list: usize, end: usize, offset: usize, to: usize, scale: f32): void {
	let s0 = f32x4.splat(0);
	let s1 = s0;
	let s2 = s0;
	let s3 = s0;
	for (; list < end; list += 4) {
		const row = <usize>load<u32>(list) + offset;
		s0 = plus(s0, row);
		s1 = plus(s1, row + 16);
		s2 = plus(s2, row + 32);
		s3 = plus(s3, row + 48);
	}
	const factor = f32x4.splat(scale);
	put(to, s0, factor);
	put(to + 16, s1, factor);
	put(to + 32, s2, factor);
	put(to + 48, s3, factor);
}

function scatter4(list: usize, end: usize, offset: usize, from: usize, scale: f32): void {
	const factor = f32x4.splat(scale);
	const g0 = scaled(from, factor);
	const g1 = scaled(from + 16, factor);
	const g2 = scaled(from + 32, factor);
	const g3 = scaled(from + 48, factor);
	for (; list < end; list += 4) {
		const row = <usize>load<u32>(list) + offset;
		increase(row, g0);
		increase(row + 16, g1);
		increase(row + 32, g2);
		increase(row + 48, g3);
	}
}
