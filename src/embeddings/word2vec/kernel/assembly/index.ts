// Word2Vec and the unsupervised FastText: what happens at each word of a text. AssemblyScript; addresses are in bytes, vectors float32.
import { fill } from './fill';
import { contexts, keep, kept, labels, mean, pieceStarts, products, rates, remap, shrink, skipGram, spare, stride, targets, usePlan, window } from './plan';
import { dots, update } from './products';
import { below, random, seedRandom } from './random';
import { countAt, enter, leave, vectorAt } from './ring';
import { add, addScaled, copy, difference, multiply } from './rows';
import { sigmoid, surprise, useSigmoid } from './sigmoid';
import { targetsOf } from './targets';

export { fill, seedRandom, usePlan, useSigmoid };

/** −log σ of the predictions, and at how many words they were added up: at one in 16. */
let loss: f64 = 0;
let losses: f64 = 0;
let turn: u32 = 0;

export function takeLoss(): f64 {
	const sum = loss;
	loss = 0;
	return sum;
}

export function takeLosses(): f64 {
	const count = losses;
	losses = 0;
	return count;
}

/** Learns from numbers of words; a negative one ends a sentence. */
export function train(ids: usize, count: usize, rate: f32): void {
	const end = ids + (count << 2);
	while (ids < end) ids = sentence(ids, end, rate);
}

/** Learns from one sentence; where the next one begins. */
function sentence(at: usize, end: usize, rate: f32): usize {
	let n: i32 = 0;
	while (at < end) {
		const id = load<i32>(at);
		at += 4;
		if (id < 0) break;
		const word = load<i32>(remap + (<usize>id << 2));
		if (word < 0) continue;
		// Frequent words are left out at random (section 2.3).
		if (keep != 0 && load<u32>(keep + (<usize>word << 2)) < <u32>(random() >> 32)) continue;
		store<i32>(kept + (<usize>n << 2), word);
		n++;
	}
	const apart = skipGram && pieceStarts != 0;
	let entered: i32 = 0;
	for (let i: i32 = 0; i < n; i++) {
		if (!apart) {
			for (; entered < n && entered <= i + window; entered++) enter(entered, load<u32>(kept + (<usize>entered << 2)));
		}
		const reach = shrink ? window - <i32>below(<u32>(random() >> 32), window) : window;
		const first = max(i - reach, 0);
		const last = min(i + reach, n - 1);
		if (apart) {
			if (last > first) toEach(first, i, last, rate);
			continue;
		}
		if (last > first) {
			const count = targetsOf(load<u32>(kept + (<usize>i << 2)), rate);
			if (skipGram) fromEach(first, i, last, count);
			else fromAll(first, i, last, count);
		}
		if (i >= window) leave(i - window, load<u32>(kept + (<usize>(i - window) << 2)));
	}
	if (!apart) {
		for (let i = max(n - window, 0); i < n; i++) leave(i, load<u32>(kept + (<usize>i << 2)));
	}
	return at;
}

/** Skip-gram: each word around the place predicts it. The targets are the same for all of them (Ji et al. 2016). */
function fromEach(first: i32, center: i32, last: i32, count: i32): void {
	let m: usize = 0;
	for (let j = first; j <= last; j++) {
		if (j == center) continue;
		store<u32>(contexts + (m << 2), <u32>vectorAt(j));
		m++;
	}
	learn(m, count);
}

/**
 * Skip-gram of words and their n-grams: the word at the place predicts each word around it, which has negative samples of its own, as in fastText. With shared ones
 * vectors agree less with what people say of similarity (SimLex-999: 0.19 instead of 0.22).
 */
function toEach(first: i32, center: i32, last: i32, rate: f32): void {
	const word = load<u32>(kept + (<usize>center << 2));
	enter(center, word);
	store<u32>(contexts, <u32>vectorAt(center));
	for (let j = first; j <= last; j++) {
		if (j == center) continue;
		learn(1, targetsOf(load<u32>(kept + (<usize>j << 2)), rate));
	}
	leave(center, word);
}

/** CBOW: the mean of the words around the place, or their sum, predicts it. Each of their rows moves as the mean does; of a sum, by its share. */
function fromAll(first: i32, center: i32, last: i32, count: i32): void {
	const sum = spare + 2 * stride;
	const before = sum + stride;
	let rows: f32 = 0;
	let started = false;
	for (let j = first; j <= last; j++) {
		if (j == center) continue;
		rows += countAt(j);
		if (started) add(sum, vectorAt(j), stride);
		else copy(sum, vectorAt(j), stride);
		started = true;
	}
	if (mean) multiply(sum, 1 / rows, stride);
	copy(before, sum, stride);
	store<u32>(contexts, <u32>sum);
	learn(1, count);
	difference(before, sum, before, mean ? 1 : 1 / rows, stride);
	for (let j = first; j <= last; j++) {
		if (j == center) continue;
		if (pieceStarts == 0) add(vectorAt(j), before, stride);
		else addScaled(vectorAt(j), countAt(j), before, stride);
	}
}

/** A step of gradient descent for m contexts and `count` targets, block by block. */
function learn(m: usize, count: i32): void {
	const told = (turn++ & 15) == 0;
	for (let block: usize = 0; block < <usize>count << 2; block += 24) {
		dots(contexts, m, targets + block, products, stride);
		for (let row: usize = 0; row < m << 5; row += 32) {
			for (let t: usize = 0; t < 24; t += 4) {
				const place = products + row + t;
				const dot = load<f32>(place);
				const label = load<f32>(labels + block + t);
				const rate = load<f32>(rates + block + t);
				if (told && rate > 0) loss += surprise(label > 0 ? dot : -dot);
				store<f32>(place, (label - sigmoid(dot)) * rate);
			}
		}
		update(contexts, m, targets + block, products, stride);
	}
	if (told) losses += <f64>m;
}
