// How a linear model of terms is solved: rows of terms from a solver, margins to logits by a temperature.
import { type LinearClassifier, temperatureScaling } from 'textloom/classic';
import { idsBeforeTerms } from 'textloom/features';
import { pickRows, type SparseMatrix, sparseMatrix } from 'textloom/sparse';
import { randomUint32 } from 'textloom/stream';
import type { SolverData } from 'textloom/train';

/** What a solver is told beside rows and labels. */
export interface Told {
	readonly seed: number;
	readonly classWeight?: Readonly<Record<string, number>>;
}

/** How a model is solved, and whether its scores are logits as they are. */
export interface Way {
	readonly fit: (matrix: SparseMatrix, labels: readonly string[], told: Told) => LinearClassifier;
	readonly link: 'softmax' | 'margins';
}

/** Names whose order is that of the classes' numbers. */
const nameOf = (target: number) => String(target).padStart(8, '0');

/** The rows of terms and the bias, both divided by the temperature of the logits. */
export function solution(
	{ size, at, sizes: { fields, outputs }, weights, seed }: SolverData,
	{ fit, link }: Way,
): Record<string, Float32Array> {
	const columns = fields?.features ?? 0;
	const targets = new Int32Array(size);
	const matrix = sparseMatrix(
		Array.from({ length: size }, (_, doc) => {
			const { ids, weights, targets: own } = at(doc);
			targets[doc] = own!.data[0]!;
			return { indices: Int32Array.from(ids!.data, (id) => id - idsBeforeTerms), values: Float32Array.from(weights!.data), size: columns };
		}),
	);
	const classWeight = weights && Object.fromEntries(weights.map((weight, target) => [nameOf(target), weight]));
	const labels = Array.from(targets, nameOf);
	const told = { seed, ...(classWeight && { classWeight }) };
	const temperature = link === 'softmax' ? 1 : temperatureOf({ matrix, labels, targets, seed }, (rows, names) => fit(rows, names, told));
	const { coefficients, intercepts } = fit(matrix, labels, told);
	// Of two classes half of what one says against the other.
	const single = intercepts.length === 1;
	const share = (numbers: Float64Array, place: number) => {
		const own = single ? (place % 2 === 0 ? -0.5 : 0.5) * numbers[place >> 1]! : numbers[place]!;
		return own / temperature;
	};
	const table = new Float32Array((columns + idsBeforeTerms) * outputs);
	for (let at = idsBeforeTerms * outputs, from = 0; at < table.length; at++, from++) table[at] = share(coefficients, from);
	return { 'terms.weight': table, bias: Float32Array.from({ length: outputs }, (_, place) => share(intercepts, place)) };
}

/** One document in so many is put aside to learn the temperature. */
const aside = 5;

/** The temperature at which margins are probabilities (Guo et al. 2017): of a model of most documents, by the others. 1 where these are of too few classes. */
function temperatureOf(
	{ matrix, labels, targets, seed }: { matrix: SparseMatrix; labels: readonly string[]; targets: Int32Array; seed: number },
	fit: (matrix: SparseMatrix, labels: readonly string[]) => LinearClassifier,
): number {
	const order = [...labels.keys()];
	const [held, rest] = [true, false].map((isHeld) => order.filter((row) => (randomUint32(seed, 0, row) % aside === 0) === isHeld));
	const classes = new Set(labels).size;
	const seen = new Set(rest!.map((row) => labels[row]));
	if (seen.size < classes || held!.length === 0) return 1;
	const model = fit(
		pickRows(matrix, rest!),
		rest!.map((row) => labels[row]!),
	);
	const scores = model.scores(pickRows(matrix, held!));
	// The logits of two classes are half of the margins.
	const logits = model.intercepts.length === 1 ? scores.map((score) => score / 2) : scores;
	return temperatureScaling(
		...withMistake(
			logits,
			held!.map((row) => targets[row]!),
			classes,
		),
		classes,
	);
}

/** One mistake more, by the row in the middle of all by margin, so that no sureness is without end where there was none (Platt 1999 smooths by counts). */
function withMistake(logits: Float64Array, targets: readonly number[], classes: number): [Float64Array, number[]] {
	const ranked = targets.map((_, row) => {
		const own = logits.subarray(row * classes, (row + 1) * classes);
		const [first, second] = [...own.keys()].sort((a, b) => own[b]! - own[a]!) as [number, number];
		return { row, second, margin: own[first]! - own[second]! };
	});
	const { row, second } = ranked.sort((a, b) => a.margin - b.margin)[ranked.length >> 1]!;
	const all = new Float64Array(logits.length + classes);
	all.set(logits);
	all.set(logits.subarray(row * classes, (row + 1) * classes), logits.length);
	return [all, [...targets, second]];
}
