// Singular values and vectors of a small dense matrix by one-sided Jacobi rotations (Hestenes 1958), accurate for small values, too.

/** A = U diag(s) Vᵀ of a square matrix. */
export interface SmallSvd {
	/** Left singular vectors, one after the other: vector i from `i * n`. 0 where the value is. */
	readonly left: Float64Array;
	/** In falling order. */
	readonly values: Float64Array;
	/** Right singular vectors, one after the other. */
	readonly right: Float64Array;
}

/** Columns count as orthogonal below this cosine, times how long they are: that of rounding. */
const tolerance = 2 ** -52;
const sweeps = 60;

/** The decomposition of an n × n matrix whose columns are given one after the other. */
export function smallSvd(columns: Float64Array, n: number): SmallSvd {
	const work = columns.slice();
	const turns = new Float64Array(n * n);
	for (let i = 0; i < n; i++) turns[i * n + i] = 1;
	for (let sweep = 0; sweep < sweeps && rotateAll(work, turns, n); sweep++);
	const norms = Float64Array.from({ length: n }, (_, i) => Math.hypot(...work.subarray(i * n, i * n + n)));
	const order = Array.from(norms.keys()).sort((a, b) => norms[b]! - norms[a]! || a - b);
	const left = new Float64Array(n * n);
	const right = new Float64Array(n * n);
	for (const [to, from] of order.entries()) {
		const value = norms[from]!;
		for (let i = 0; i < n; i++) left[to * n + i] = value === 0 ? 0 : work[from * n + i]! / value;
		right.set(turns.subarray(from * n, from * n + n), to * n);
	}
	return { left, values: Float64Array.from(order, (i) => norms[i]!), right };
}

/** One sweep over all pairs of columns; whether any had to be turned. */
function rotateAll(work: Float64Array, turns: Float64Array, n: number): boolean {
	let turned = false;
	for (let p = 0; p < n - 1; p++) {
		for (let q = p + 1; q < n; q++) {
			let [pp, qq, pq] = [0, 0, 0];
			for (let i = 0; i < n; i++) {
				const a = work[p * n + i]!;
				const b = work[q * n + i]!;
				pp += a * a;
				qq += b * b;
				pq += a * b;
			}
			if (pq === 0 || Math.abs(pq) <= n * tolerance * Math.sqrt(pp) * Math.sqrt(qq)) continue;
			turned = true;
			const zeta = (qq - pp) / (2 * pq);
			const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
			const cosine = 1 / Math.hypot(1, tangent);
			rotate(work, p * n, q * n, n, cosine, cosine * tangent);
			rotate(turns, p * n, q * n, n, cosine, cosine * tangent);
		}
	}
	return turned;
}

function rotate(vectors: Float64Array, p: number, q: number, n: number, cosine: number, sine: number): void {
	for (let i = 0; i < n; i++) {
		const a = vectors[p + i]!;
		const b = vectors[q + i]!;
		vectors[p + i] = cosine * a - sine * b;
		vectors[q + i] = sine * a + cosine * b;
	}
}
