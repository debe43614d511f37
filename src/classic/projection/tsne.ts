// t-SNE: points of the plane whose neighbours are those of rows of many numbers (van der Maaten & Hinton 2008).
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { randomNormals } from '../topics/draws.js';
import { affinities } from './affinities.js';
import { centred, countRows, type DenseRows } from './dense-rows.js';
import { attract, barnesHut, divergence, everyPair, type Repulsion } from './forces.js';
import { nearestRows } from './nearest-rows.js';
import { pca } from './pca.js';

/** How points are found; the defaults are those of scikit-learn's TSNE, but for a perplexity that fits few rows. */
export interface TsneOptions {
	/** About how many neighbours of a row count; below the number of rows. Default 30, or a third of the other rows where that is less. */
	perplexity?: number;
	/** Default 1000. It ends earlier where points do not move any more. */
	iterations?: number;
	/** Default 'auto': rows / earlyExaggeration / 4, but 50 at least. */
	learningRate?: number | 'auto';
	/** How much more points attract each other in the first 250 iterations. Default 12. */
	earlyExaggeration?: number;
	/** Each step by the forces of all pairs ('exact', whose time grows with the square of the rows), or by those of points and squares of points. Default 'barnes-hut'. */
	method?: 'barnes-hut' | 'exact';
	/** How wide a square may be against its distance to count as one point. Default 0.5. */
	angle?: number;
	/** Where points begin: the first two principal components made small, small random numbers, or given x and y of each row. Default 'pca'. */
	init?: 'pca' | 'random' | Float64Array;
	/** Default 0. */
	seed?: number;
	/** Called every 50 iterations. What it throws ends the work. */
	onProgress?: (progress: TsneProgress) => void;
}

/** How far it is. */
export interface TsneProgress {
	readonly iteration: number;
	readonly iterations: number;
	readonly divergence: number;
}

/** The points. */
export interface Tsne {
	/** x and y of each row. */
	readonly points: Float64Array;
	/** The Kullback–Leibler divergence of what is near in the plane from what is near in the rows. */
	readonly divergence: number;
	readonly iterations: number;
}

const kinds: Kinds<TsneOptions> = {
	perplexity: is.number(1),
	iterations: is.whole(250),
	learningRate: is.either(is.positive, is.one('auto')),
	earlyExaggeration: is.number(1),
	...{ method: is.one('barnes-hut', 'exact'), angle: is.share, seed: is.whole(), onProgress: is.function },
	init: is.either(is.one('pca', 'random'), { expected: 'a Float64Array', fits: (value) => value instanceof Float64Array }),
};

/** Iterations with more attraction. */
const early = 250;
/** How often the divergence is looked at, and how long it may not fall. */
const [every, patience] = [50, 300];
/** How far points are spread at first. */
const spread = 1e-4;

/**
 * Points of the plane for rows of `width` numbers, by Euclidean distance: give unit vectors where the cosine is meant.
 *
 * @example
 * const { points } = tsne(rows, 100, { perplexity: 20 });
 */
export function tsne(rows: DenseRows, width: number, options: TsneOptions = {}): Tsne {
	const { iterations = 1000, learningRate = 'auto', earlyExaggeration = 12, seed = 0 } = optionsOf('tsne', options, kinds);
	const { method = 'barnes-hut', angle = 0.5, init = 'pca', onProgress } = options;
	const count = countRows('tsne', rows, width);
	const perplexity = options.perplexity ?? Math.max(Math.min(30, (count - 1) / 3), 1);
	if (perplexity >= count) {
		throw new RangeError(`tsne: expected a perplexity below the ${count} rows, got ${perplexity}. Take a smaller one, or leave it out.`);
	}
	const { data } = centred(rows, width);
	const near = method === 'exact' ? count - 1 : Math.min(count - 1, Math.floor(3 * perplexity + 1));
	const affinity = affinities(nearestRows(data, width, near), perplexity);
	const points = firstPoints(data, width, init, seed);
	const repel: Repulsion = method === 'exact' ? everyPair : barnesHut(count, angle);
	const rate = learningRate === 'auto' ? Math.max(count / earlyExaggeration / 4, 50) : learningRate;
	const tell = (iteration: number, now: number) => onProgress?.({ iteration, iterations, divergence: now });
	const phases = [
		{ from: 0, to: early, momentum: 0.5, factor: earlyExaggeration },
		{ from: early, to: iterations, momentum: 0.8, factor: 1 },
	];
	let result = { iterations: 0, divergence: 0 };
	for (const phase of phases) if (phase.to > phase.from) result = descend(points, affinity, repel, { ...phase, rate, tell });
	return { points, ...result };
}

/** What the points begin as. */
function firstPoints(data: Float64Array, width: number, init: TsneOptions['init'], seed: number): Float64Array {
	const count = data.length / width;
	if (init instanceof Float64Array) {
		if (init.length === 2 * count && init.every(Number.isFinite)) return init.slice();
		throw new RangeError(`tsne: expected init of ${count} × 2 finite numbers, got ${init.length} numbers. Pass x and y of each row.`);
	}
	if (init === 'pca') {
		const { points, explainedVariance } = pca(data, width, { components: Math.min(2, width), seed });
		const deviation = Math.sqrt((explainedVariance[0]! * (count - 1)) / count);
		const plane = width === 1 ? Float64Array.from({ length: 2 * count }, (_, at) => (at % 2 === 0 ? points[at / 2]! : 0)) : points;
		if (deviation > 0) return plane.map((value) => (value / deviation) * spread);
	}
	return randomNormals(2 * count, seed, 0).map((value) => value * spread);
}

interface Descent {
	readonly from: number;
	readonly to: number;
	readonly momentum: number;
	readonly factor: number;
	readonly rate: number;
	readonly tell: (iteration: number, divergence: number) => void;
}

/** Moves points down the gradient, with momentum and a gain for each number (Jacobs 1988). */
function descend(
	points: Float64Array,
	affinity: ReturnType<typeof affinities>,
	repel: Repulsion,
	{ from, to, momentum, factor, rate, tell }: Descent,
): { iterations: number; divergence: number } {
	const [forces, repelling] = [new Float64Array(points.length), new Float64Array(points.length)];
	const update = new Float64Array(points.length);
	const gains = new Float64Array(points.length).fill(1);
	let [best, bestAt, now] = [Number.POSITIVE_INFINITY, from, 0];
	for (let iteration = from + 1; iteration <= to; iteration++) {
		forces.fill(0);
		repelling.fill(0);
		const z = repel(points, repelling);
		attract(affinity, points, factor, forces);
		const looks = iteration % every === 0 || iteration === to;
		// Of the points that the gradient is of, not of those that it leads to.
		if (looks) now = divergence(affinity, points, z, factor);
		let norm = 0;
		for (let i = 0; i < points.length; i++) {
			const gradient = 4 * (forces[i]! - repelling[i]! / z);
			gains[i] = update[i]! * gradient < 0 ? gains[i]! + 0.2 : Math.max(gains[i]! * 0.8, 0.01);
			norm += (gradient * gains[i]!) ** 2;
			update[i] = momentum * update[i]! - rate * gains[i]! * gradient;
			points[i]! += update[i]!;
		}
		if (!looks) continue;
		tell(iteration, now);
		if (now < best) [best, bestAt] = [now, iteration];
		else if (iteration - bestAt > patience) return { iterations: iteration, divergence: now };
		if (Math.sqrt(norm) <= 1e-7) return { iterations: iteration, divergence: now };
	}
	return { iterations: to, divergence: now };
}
