// Limited-memory BFGS (Nocedal & Wright 2006, section 7.2) with a diagonal first guess of the curvature, and a line search by bisection for the weak
// conditions of Wolfe (Lewis & Overton 2013).

/** What is minimised. */
export interface Objective {
	/** Writes the gradient at a point, and gives the value. */
	evaluate(point: Float64Array, gradient: Float64Array): number;
	/** Whether this is near enough. */
	done(value: number, gradient: Float64Array): boolean;
	/** A guess of the Hessian's diagonal. */
	readonly diagonal: Float64Array;
}

/** How long it goes on, and how many steps it remembers. */
export interface LbfgsOptions {
	readonly maxIterations: number;
	/** Default 10. */
	readonly memory?: number;
}

/** Where it ended; `point` is changed in place. */
export interface LbfgsResult {
	readonly value: number;
	readonly iterations: number;
	/** Calls of `evaluate`. */
	readonly evaluations: number;
	readonly converged: boolean;
}

/** Minimises from `point` on, in place. */
export function lbfgs(
	point: Float64Array,
	{ evaluate, done, diagonal }: Objective,
	{ maxIterations, memory = 10 }: LbfgsOptions,
): LbfgsResult {
	const size = point.length;
	const make = () => new Float64Array(size);
	const steps: Float64Array[] = [];
	const changes: Float64Array[] = [];
	let gradient = make();
	let nextGradient = make();
	const next = make();
	const direction = make();
	const shares: number[] = [];
	let value = evaluate(point, gradient);
	let evaluations = 1;
	for (let iterations = 0; iterations < maxIterations; iterations++) {
		if (done(value, gradient)) return { value, iterations, evaluations, converged: true };
		// Two loops over what is remembered.
		scaled(direction, gradient, -1);
		for (let k = steps.length - 1; k >= 0; k--) {
			shares[k] = dot(steps[k]!, direction) / dot(steps[k]!, changes[k]!);
			add(direction, changes[k]!, -shares[k]!);
		}
		const last = steps.length - 1;
		const scale = last < 0 ? 1 : dot(steps[last]!, changes[last]!) / weighted(changes[last]!, diagonal);
		divide(direction, diagonal, scale);
		for (let k = 0; k <= last; k++) add(direction, steps[k]!, shares[k]! - dot(changes[k]!, direction) / dot(steps[k]!, changes[k]!));
		const slope = dot(gradient, direction);
		if (!(slope < 0)) return { value, iterations, evaluations, converged: false };

		let [low, high, length] = [0, Number.POSITIVE_INFINITY, 1];
		let found = value;
		for (let tries = 0; ; tries++) {
			moved(next, point, direction, length);
			found = evaluate(next, nextGradient);
			evaluations++;
			// Near the end differences of values are rounding: there the slope says alone.
			const risen = found > value + 1e-4 * length * slope + 1e-14 * Math.abs(value);
			if (risen) high = length;
			else if (dot(nextGradient, direction) < 0.9 * slope) low = length;
			else break;
			if (tries === 40) {
				if (risen) return { value, iterations, evaluations, converged: false };
				break;
			}
			length = high < Number.POSITIVE_INFINITY ? (low + high) / 2 : 2 * low;
		}
		const [step, change] = steps.length === memory ? [steps.shift()!, changes.shift()!] : [make(), make()];
		moved(step, next, point, -1);
		moved(change, nextGradient, gradient, -1);
		point.set(next);
		if (dot(step, change) > 0) {
			steps.push(step);
			changes.push(change);
		}
		[gradient, nextGradient, value] = [nextGradient, gradient, found];
	}
	return { value, iterations: maxIterations, evaluations, converged: done(value, gradient) };
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}

/** a += factor b */
function add(a: Float64Array, b: Float64Array, factor: number): void {
	for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!;
}

/** to = factor from */
function scaled(to: Float64Array, from: Float64Array, factor: number): void {
	for (let i = 0; i < to.length; i++) to[i] = factor * from[i]!;
}

/** to = a + factor b */
function moved(to: Float64Array, a: Float64Array, b: Float64Array, factor: number): void {
	for (let i = 0; i < to.length; i++) to[i] = a[i]! + factor * b[i]!;
}

/** a *= factor / b, element by element. */
function divide(a: Float64Array, b: Float64Array, factor: number): void {
	for (let i = 0; i < a.length; i++) a[i]! *= factor / b[i]!;
}

/** Σ a² / b */
function weighted(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += (a[i]! * a[i]!) / b[i]!;
	return sum;
}
