// The loops over rows of a host table: gather, sum by id, update. AssemblyScript; addresses are in bytes, rows are float32 and dense.
export { mask } from './mask';

/** Position of the first id that is not in [0, rows), or -1. A negative id is a large unsigned one. */
export function outside(ids: usize, count: usize, rows: usize): i32 {
	for (let at: usize = 0; at < count; at++) {
		if (idAt(ids, at) >= rows) return <i32>at;
	}
	return -1;
}

/** out[at] = table[ids[at]] */
export function gather(ids: usize, count: usize, width: usize, table: usize, out: usize): void {
	const row = width << 2;
	for (let at: usize = 0; at < count; at++, out += row) copy(out, table + idAt(ids, at) * row, row);
}

/**
 * Sums the gradients of equal ids in order of position, in place: distinct ids and their sums move to the front, in order of
 * first appearance. Returns how many. `place` has one number for each row of the table, 0 before and after; `frozen` is left out.
 */
export function sum(ids: usize, count: usize, width: usize, gradient: usize, place: usize, frozen: usize): usize {
	const row = width << 2;
	let touched: usize = 0;
	let from = gradient;
	let to = gradient;
	for (let at: usize = 0; at < count; at++, from += row) {
		const id = idAt(ids, at);
		if (id == frozen) continue;
		const known = idAt(place, id);
		if (known) {
			addTo(gradient + (known - 1) * row, from, row);
			continue;
		}
		// touched ≤ at: what is overwritten has been read.
		store<u32>(ids + (touched << 2), <u32>id);
		touched++;
		store<u32>(place + (id << 2), <u32>touched);
		if (to != from) copy(to, from, row);
		to += row;
	}
	for (let at: usize = 0; at < touched; at++) store<u32>(place + (idAt(ids, at) << 2), 0);
	return touched;
}

/** Adam: m ← β₁m + g, v ← β₂v + g², table ← table − a m/(√v + e); a and e as in src/optim/adam.ts. */
export function adam(
	ids: usize,
	count: usize,
	width: usize,
	gradient: usize,
	table: usize,
	m: usize,
	v: usize,
	a: f32,
	e: f32,
	beta1: f32,
	beta2: f32,
): void {
	const row = width << 2;
	const vectors = row & ~15;
	const a4 = f32x4.splat(a);
	const e4 = f32x4.splat(e);
	const beta14 = f32x4.splat(beta1);
	const beta24 = f32x4.splat(beta2);
	// Two rows abreast, so that their cache misses overlap: a fifth faster than one after the other. The last may be alone.
	for (let at: usize = 0; at < count; at += 2) {
		const one = idAt(ids, at) * row;
		const gradientOne = gradient + at * row;
		let i: usize = 0;
		if (at + 1 < count) {
			const two = idAt(ids, at + 1) * row;
			const gradientTwo = gradientOne + row;
			for (; i < vectors; i += 16) {
				adamVector(gradientOne + i, table + one + i, m + one + i, v + one + i, a4, e4, beta14, beta24);
				adamVector(gradientTwo + i, table + two + i, m + two + i, v + two + i, a4, e4, beta14, beta24);
			}
			for (let j = i; j < row; j += 4) adamNumber(gradientTwo + j, table + two + j, m + two + j, v + two + j, a, e, beta1, beta2);
		}
		for (; i < vectors; i += 16) adamVector(gradientOne + i, table + one + i, m + one + i, v + one + i, a4, e4, beta14, beta24);
		for (; i < row; i += 4) adamNumber(gradientOne + i, table + one + i, m + one + i, v + one + i, a, e, beta1, beta2);
	}
}

// @ts-ignore: AssemblyScript takes decorators on functions
@inline
function adamVector(gradient: usize, table: usize, m: usize, v: usize, a: v128, e: v128, beta1: v128, beta2: v128): void {
	const g = v128.load(gradient);
	const nextM = f32x4.add(f32x4.mul(beta1, v128.load(m)), g);
	const nextV = f32x4.add(f32x4.mul(beta2, v128.load(v)), f32x4.mul(g, g));
	v128.store(m, nextM);
	v128.store(v, nextV);
	const change = f32x4.div(f32x4.mul(nextM, a), f32x4.add(f32x4.sqrt(nextV), e));
	v128.store(table, f32x4.sub(v128.load(table), change));
}

// @ts-ignore: see above
@inline
function adamNumber(gradient: usize, table: usize, m: usize, v: usize, a: f32, e: f32, beta1: f32, beta2: f32): void {
	const g = load<f32>(gradient);
	const nextM = beta1 * load<f32>(m) + g;
	const nextV = beta2 * load<f32>(v) + g * g;
	store<f32>(m, nextM);
	store<f32>(v, nextV);
	store<f32>(table, load<f32>(table) - (nextM * a) / (sqrt<f32>(nextV) + e));
}

/** Gradient descent for rows: table − rate·g. `gradient` holds a row for each id, which must differ. */
export function sgd(ids: usize, count: usize, width: usize, gradient: usize, table: usize, rate: f32): void {
	const row = width << 2;
	const vectors = row & ~15;
	const rate4 = f32x4.splat(rate);
	for (let at: usize = 0; at < count; at++, gradient += row) {
		const to = table + idAt(ids, at) * row;
		let i: usize = 0;
		for (; i < vectors; i += 16) v128.store(to + i, f32x4.sub(v128.load(to + i), f32x4.mul(rate4, v128.load(gradient + i))));
		for (; i < row; i += 4) store<f32>(to + i, load<f32>(to + i) - rate * load<f32>(gradient + i));
	}
}

/** AdaGrad for rows: S ← S + g², table − rate·g/(√(accumulator + S) + epsilon). `gradient` holds a row for each id, which must differ. */
export function adagrad(
	ids: usize,
	count: usize,
	width: usize,
	gradient: usize,
	table: usize,
	sum: usize,
	rate: f32,
	accumulator: f32,
	epsilon: f32,
): void {
	const row = width << 2;
	const vectors = row & ~15;
	const rate4 = f32x4.splat(rate);
	const accumulator4 = f32x4.splat(accumulator);
	const epsilon4 = f32x4.splat(epsilon);
	for (let at: usize = 0; at < count; at++, gradient += row) {
		const to = idAt(ids, at) * row;
		let i: usize = 0;
		for (; i < vectors; i += 16) {
			const g = v128.load(gradient + i);
			const next = f32x4.add(v128.load(sum + to + i), f32x4.mul(g, g));
			v128.store(sum + to + i, next);
			const scale = f32x4.add(f32x4.sqrt(f32x4.add(next, accumulator4)), epsilon4);
			v128.store(table + to + i, f32x4.sub(v128.load(table + to + i), f32x4.div(f32x4.mul(rate4, g), scale)));
		}
		for (; i < row; i += 4) {
			const g = load<f32>(gradient + i);
			const next = load<f32>(sum + to + i) + g * g;
			store<f32>(sum + to + i, next);
			store<f32>(table + to + i, load<f32>(table + to + i) - (rate * g) / (sqrt<f32>(next + accumulator) + epsilon));
		}
	}
}

/** Momentum: u ← momentum·u + share·g, table − rate·u; where `nesterov` is not 0 along g + momentum·u. */
export function momentum(
	ids: usize,
	count: usize,
	width: usize,
	gradient: usize,
	table: usize,
	velocity: usize,
	rate: f32,
	momentum: f32,
	share: f32,
	nesterov: i32,
): void {
	const row = width << 2;
	const vectors = row & ~15;
	const rate4 = f32x4.splat(rate);
	const momentum4 = f32x4.splat(momentum);
	const share4 = f32x4.splat(share);
	for (let at: usize = 0; at < count; at++, gradient += row) {
		const to = idAt(ids, at) * row;
		let i: usize = 0;
		for (; i < vectors; i += 16) {
			const g = v128.load(gradient + i);
			const u = f32x4.add(f32x4.mul(v128.load(velocity + to + i), momentum4), f32x4.mul(g, share4));
			v128.store(velocity + to + i, u);
			const along = nesterov ? f32x4.add(g, f32x4.mul(u, momentum4)) : u;
			v128.store(table + to + i, f32x4.sub(v128.load(table + to + i), f32x4.mul(along, rate4)));
		}
		for (; i < row; i += 4) {
			const g = load<f32>(gradient + i);
			const u = load<f32>(velocity + to + i) * momentum + g * share;
			store<f32>(velocity + to + i, u);
			const along = nesterov ? g + u * momentum : u;
			store<f32>(table + to + i, load<f32>(table + to + i) - along * rate);
		}
	}
}

/** RMSProp: s ← α s + β g² with β = 1 − α; `mean` and `velocity` are 0 without. See `RowOperation`. */
export function rmsprop(
	ids: usize,
	count: usize,
	width: usize,
	gradient: usize,
	table: usize,
	square: usize,
	mean: usize,
	velocity: usize,
	rate: f32,
	alpha: f32,
	beta: f32,
	epsilon: f32,
	momentum: f32,
): void {
	const row = width << 2;
	const vectors = row & ~15;
	const zero4 = f32x4.splat(0);
	const rate4 = f32x4.splat(rate);
	const alpha4 = f32x4.splat(alpha);
	const beta4 = f32x4.splat(beta);
	const epsilon4 = f32x4.splat(epsilon);
	const momentum4 = f32x4.splat(momentum);
	for (let at: usize = 0; at < count; at++, gradient += row) {
		const to = idAt(ids, at) * row;
		let i: usize = 0;
		for (; i < vectors; i += 16) {
			const g = v128.load(gradient + i);
			const s = f32x4.add(f32x4.mul(v128.load(square + to + i), alpha4), f32x4.mul(f32x4.mul(g, g), beta4));
			v128.store(square + to + i, s);
			let spread = s;
			if (mean) {
				const c = f32x4.add(f32x4.mul(v128.load(mean + to + i), alpha4), f32x4.mul(g, beta4));
				v128.store(mean + to + i, c);
				spread = f32x4.max(f32x4.sub(s, f32x4.mul(c, c)), zero4);
			}
			let along = f32x4.div(g, f32x4.add(f32x4.sqrt(spread), epsilon4));
			if (velocity) {
				along = f32x4.add(f32x4.mul(v128.load(velocity + to + i), momentum4), along);
				v128.store(velocity + to + i, along);
			}
			v128.store(table + to + i, f32x4.sub(v128.load(table + to + i), f32x4.mul(along, rate4)));
		}
		for (; i < row; i += 4) {
			const g = load<f32>(gradient + i);
			const s = load<f32>(square + to + i) * alpha + g * g * beta;
			store<f32>(square + to + i, s);
			let spread = s;
			if (mean) {
				const c = load<f32>(mean + to + i) * alpha + g * beta;
				store<f32>(mean + to + i, c);
				spread = max<f32>(s - c * c, 0);
			}
			let along = g / (sqrt<f32>(spread) + epsilon);
			if (velocity) {
				along = load<f32>(velocity + to + i) * momentum + along;
				store<f32>(velocity + to + i, along);
			}
			store<f32>(table + to + i, load<f32>(table + to + i) - along * rate);
		}
	}
}

// @ts-ignore: see above
@inline
function idAt(ids: usize, at: usize): usize {
	return load<u32>(ids + (at << 2));
}

// @ts-ignore: see above
@inline
function copy(to: usize, from: usize, bytes: usize): void {
	let i: usize = 0;
	for (; i + 64 <= bytes; i += 64) {
		v128.store(to + i, v128.load(from + i));
		v128.store(to + i, v128.load(from + i, 16), 16);
		v128.store(to + i, v128.load(from + i, 32), 32);
		v128.store(to + i, v128.load(from + i, 48), 48);
	}
	for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
	for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i));
}

// @ts-ignore: see above
@inline
function addTo(sum: usize, gradient: usize, bytes: usize): void {
	let i: usize = 0;
	for (; i + 16 <= bytes; i += 16) v128.store(sum + i, f32x4.add(v128.load(sum + i), v128.load(gradient + i)));
	for (; i < bytes; i += 4) store<f32>(sum + i, load<f32>(sum + i) + load<f32>(gradient + i));
}
