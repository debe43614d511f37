// The unigram language model (Kudo 2018, section 3.2): probabilities by EM, and pruning of the pieces that are missed least.
import { bestCounts, bestCut, dropDead, expectedCounts, type Lattices } from './lattices.js';
import type { Seed } from './seed.js';

/** A model in the making. A score is the logarithm of a probability; of pieces that are not alive it means nothing. */
interface Model {
	readonly lattices: Lattices;
	readonly scores: Float64Array;
	readonly alive: Uint8Array;
	/** Pieces alive, characters included. */
	size: number;
	/** Mean log likelihood of a character. */
	perCharacter: number;
}

/** Pieces expected less often are dropped, as SentencePiece does. */
const least = 0.5;
const rounds = 2;
const shrinking = 0.75;

/** Probabilities of about `size` pieces of a seed, as logarithms; `-Infinity` for pieces that are dropped. */
export function learnUnigram({ lattices, weights }: Seed, size: number): Float64Array {
	const sum = Math.log(weights.reduce((all, weight) => all + weight, 0));
	const scores = weights.map((weight) => Math.log(weight) - sum);
	const model: Model = {
		lattices,
		scores,
		alive: new Uint8Array(scores.length).fill(1),
		size: scores.length,
		// A first guess: half of what the characters alone have.
		perCharacter: mean(scores.subarray(0, lattices.characters), weights) / 2,
	};
	// A tenth more than asked for, so that the last choice is by probability.
	const wanted = Math.floor(size * 1.1);
	for (;;) {
		for (let round = 0; round < rounds; round++) improve(model);
		if (model.size <= wanted) break;
		const before = model.size;
		prune(model, Math.max(wanted, Math.floor(model.size * shrinking)));
		if (model.size === before) break;
	}
	return scores.map((score, piece) => (model.alive[piece] ? score : Number.NEGATIVE_INFINITY));
}

/** The mean of values, weighted; values of no weight do not count. */
function mean(values: Float64Array, weights: Float64Array): number {
	let [sum, all] = [0, 0];
	values.forEach((value, i) => {
		if (weights[i] === 0) return;
		sum += value * weights[i]!;
		all += weights[i]!;
	});
	return sum / all;
}

/** One round of EM; the digamma function in the place of the logarithm makes it variational, which favours few pieces. */
function improve(model: Model): void {
	const { lattices, scores, alive } = model;
	const { expected, perCharacter } = expectedCounts(lattices, scores, -model.perCharacter);
	model.perCharacter = perCharacter;
	let sum = 0;
	for (let piece = 0; piece < scores.length; piece++) {
		if (expected[piece]! < least) alive[piece] = 0;
		else sum += expected[piece]!;
	}
	const all = digamma(sum);
	let lowest = 0;
	for (let piece = 0; piece < scores.length; piece++) {
		if (!alive[piece]) continue;
		scores[piece] = digamma(expected[piece]!) - all;
		lowest = Math.min(lowest, scores[piece]!);
	}
	keepCharacters(model, lowest);
}

/** Characters stay, so that every text can be cut; those that nothing needs get the score of the unknown, far below the others. */
function keepCharacters(model: Model, lowest: number): void {
	for (let piece = 0; piece < model.lattices.characters; piece++) {
		if (model.alive[piece]) continue;
		model.alive[piece] = 1;
		model.scores[piece] = lowest - 10;
	}
	model.size = model.alive.reduce((all, one) => all + one, 0);
	dropDead(model.lattices, model.alive);
}

/**
 * Keeps `size` pieces: those without which the likelihood would fall most, were each replaced by the best cut of itself. Pieces that no
 * best cut of a word has are dropped at once.
 */
function prune(model: Model, size: number): void {
	const { lattices, scores, alive } = model;
	const counts = bestCounts(lattices, scores);
	const cut = bestCut(lattices, scores, Math.max(...new Set(lattices.lengths)));
	const sum = counts.reduce((all, count) => all + count, 0);
	const losses: { piece: number; loss: number }[] = [];
	let kept = lattices.characters;
	for (let piece = lattices.characters; piece < scores.length; piece++) {
		if (!alive[piece]) continue;
		const count = counts[piece]!;
		const place = lattices.places[piece]!;
		const other = cut(place, place + lattices.lengths[piece]!, piece);
		alive[piece] = 0;
		if (count === 0) continue;
		if (other.score > scores[piece]!) {
			alive[piece] = 1;
			kept++;
			continue;
		}
		const sumWithout = Math.log(sum + count * (other.pieces.length - 1));
		let without = 0;
		for (const part of other.pieces) without += Math.log(counts[part]! + count) - sumWithout;
		losses.push({ piece, loss: count * (Math.log(count) - Math.log(sum) - without) });
	}
	losses.sort((a, b) => b.loss - a.loss || a.piece - b.piece);
	for (const { piece } of losses.slice(0, Math.max(0, size - kept))) alive[piece] = 1;
	keepCharacters(model, 0);
}

/** The derivative of log Γ, for x > 0. */
function digamma(x: number): number {
	let result = 0;
	let at = x;
	for (; at < 7; at++) result -= 1 / at;
	at -= 0.5;
	const square = 1 / (at * at);
	return result + Math.log(at) + square / 24 - (7 * square * square) / 960 + (31 * square ** 3) / 8064 - (127 * square ** 4) / 30720;
}
