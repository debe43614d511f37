// Training of a supervised fastText model by threads that share one memory, without locks. AssemblyScript; addresses are in bytes. Each thread has an instance, and so globals, of its own.
import { binary, softmax } from './outputs';
import { gather, scatter } from './rows';

const softmaxLoss = 0;
const hsLoss = 1;
const nsLoss = 2;

let input: usize, output: usize, stride: usize, panel: usize, words: u64, bucket: u64, kept: usize;
let hashes: usize, targets: usize, starts: usize, rows: usize, ngrams: i32;
let loss: i32, labels: usize, choices: usize, nodes: usize, negatives: i32;
let progress: usize, total: f64, rate: f32, updateEvery: u64;
let hidden: usize, gradient: usize, scores: usize, wanted: usize, list: usize;
let state: u32;

/** Where the matrices are. A row has `stride` bytes, panels of `panel` registers; `kept` is, for each bucket of a pruned model, its row after the words, or −1; 0 where none was pruned. */
export function setMatrices(
	inputAt: usize,
	outputAt: usize,
	strideBytes: usize,
	panelSize: usize,
	wordCount: u32,
	bucketCount: u32,
	keptAt: usize,
): void {
	input = inputAt;
	output = outputAt;
	stride = strideBytes;
	panel = panelSize;
	words = wordCount;
	bucket = bucketCount;
	kept = keptAt;
}

/** What is known of each token of the text: its hash; its label, −1 for a word, −2 for a label that does not count; where its rows begin in `rowsAt`. */
export function setTokens(hashesAt: usize, targetsAt: usize, startsAt: usize, rowsAt: usize, longest: i32): void {
	hashes = hashesAt;
	targets = targetsAt;
	starts = startsAt;
	rows = rowsAt;
	ngrams = longest;
}

/**
 * What is learned: `choicesAt` has, for negative samples, for each label a share (float32) of being taken itself and the label that is taken else (alias method); for the tree,
 * where the path of each label begins in `nodesAt`, whose entries are node · 2 + side.
 */
export function setLoss(kind: i32, labelCount: usize, choicesAt: usize, nodesAt: usize, negative: i32): void {
	loss = kind;
	labels = labelCount;
	choices = choicesAt;
	nodes = nodesAt;
	negatives = negative;
}

/** `progressAt` has the number of tokens that all threads have read so far, 64 bits. */
export function setRate(progressAt: usize, tokens: f64, firstRate: f32, every: u32): void {
	progress = progressAt;
	total = tokens;
	rate = firstRate;
	updateEvery = every;
}

/** Room of this thread: a vector twice, a number for each label twice, the rows of the longest line. */
export function setThread(hiddenAt: usize, gradientAt: usize, scoresAt: usize, wantedAt: usize, listAt: usize, seed: u32): void {
	hidden = hiddenAt;
	gradient = gradientAt;
	scores = scoresAt;
	wanted = wantedAt;
	list = listAt;
	state = seed;
}

// @ts-ignore: decorator
@inline
function mixed(value: u32): u32 {
	let x = value;
	x = (x ^ (x >>> 16)) * 0x21f0aaad;
	x = (x ^ (x >>> 15)) * 0x735a2d97;
	return x ^ (x >>> 15);
}

// @ts-ignore: decorator
@inline
function random(): u32 {
	state += 0x9e3779b9;
	return mixed(state);
}

/** Rows `from` … `to` of the input matrix: `width` numbers of each, −bound … bound, that follow from seed, row and column. */
export function fillRows(from: u32, to: u32, width: u32, bound: f32, seed: u32): void {
	const scale = bound * <f32>(1.0 / 8388608.0);
	for (let row = from; row < to; row++) {
		const at = input + <usize>row * stride;
		const key = mixed(row ^ seed);
		for (let i: u32 = 0; i < width; i++) {
			store<f32>(at + ((<usize>i) << 2), <f32>(<i32>(mixed(key + i) >>> 8) - 8388608) * scale);
		}
	}
}

// @ts-ignore: decorator
@inline
function push(end: usize, row: u64): usize {
	store<u32>(end, <u32>(input + <usize>row * stride));
	return end + 4;
}

/**
 * Learns from the lines of a block: `count` tokens, 4 bytes each, a line ends behind token 0. What was lost goes to `sums` (float64: the loss and the number
 * of examples are added).
 */
export function train(block: usize, count: usize, sums: usize): void {
	const blockEnd = block + (count << 2);
	let lost: f64 = 0;
	let examples: f64 = 0;
	let unsaid: u64 = 0;
	while (block < blockEnd) {
		const done = <f64>load<u64>(progress) / total;
		const now = rate * <f32>max<f64>(0, 1 - done);
		const line = block;
		let end = list;
		let asked: usize = 0;
		for (let token: u32 = 1; token != 0 && block < blockEnd; block += 4) {
			token = load<u32>(block);
			const place = (<usize>token) << 2;
			const target = load<i32>(targets + place);
			if (target >= 0) {
				store<i32>(wanted + (asked << 2), target);
				asked++;
			} else if (target == -1) {
				const last = rows + ((<usize>load<u32>(starts + place, 4)) << 2);
				for (let at = rows + ((<usize>load<u32>(starts + place)) << 2); at < last; at += 4) end = push(end, load<u32>(at));
			}
		}
		if (ngrams > 1) end = addNgrams(line, block, end);
		unsaid += (block - line) >> 2;
		if (unsaid > updateEvery) {
			atomic.add<u64>(progress, unsaid);
			unsaid = 0;
		}
		if (asked == 0 || end == list) continue;
		lost += example(end, asked, now);
		examples++;
	}
	atomic.add<u64>(progress, unsaid);
	store<f64>(sums, load<f64>(sums) + lost);
	store<f64>(sums, load<f64>(sums, 8) + examples, 8);
}

/** Rows of n-grams of words, as fastText numbers them: h · 116049371 + next, 64 bits, of hashes with their sign. */
function addNgrams(line: usize, lineEnd: usize, end: usize): usize {
	for (let from = line; from < lineEnd; from += 4) {
		const place = (<usize>load<u32>(from)) << 2;
		if (load<i32>(targets + place) != -1) continue;
		let hash = <u64>(<i64>load<i32>(hashes + place));
		let length = 1;
		for (let at = from + 4; at < lineEnd && length < ngrams; at += 4) {
			const next = (<usize>load<u32>(at)) << 2;
			if (load<i32>(targets + next) != -1) continue;
			hash = hash * 116049371 + <u64>(<i64>load<i32>(hashes + next));
			const id = hash % bucket;
			length++;
			if (kept == 0) end = push(end, words + id);
			else {
				const row = load<i32>(kept + ((<usize>id) << 2));
				if (row >= 0) end = push(end, words + <u64>row);
			}
		}
	}
	return end;
}

/** One step: the mean of the rows, what the targets say of it, and the gradient back to the rows. */
function example(end: usize, asked: usize, now: f32): f64 {
	const scale: f32 = 1 / <f32>((end - list) >> 2);
	gather(list, end, hidden, stride, panel, scale);
	memory.fill(gradient, 0, stride);
	let lost: f64 = 0;
	if (loss > nsLoss) {
		for (let label: usize = 0; label < labels; label++) {
			lost += binary(output + label * stride, isWanted(label, asked), hidden, gradient, stride, now);
		}
	} else {
		const target = <usize>load<u32>(wanted + ((asked == 1 ? 0 : <usize>random() % asked) << 2));
		if (loss == softmaxLoss) lost = softmax(output, labels, target, hidden, gradient, scores, stride, now);
		else if (loss == hsLoss) lost = path(target, now);
		else lost = sampled(target, now);
	}
	scatter(list, end, gradient, stride, panel, scale);
	return lost;
}

function isWanted(label: usize, asked: usize): bool {
	for (let i: usize = 0; i < asked; i++) if (<usize>load<u32>(wanted + (i << 2)) == label) return true;
	return false;
}

function path(target: usize, now: f32): f64 {
	const place = choices + (target << 2);
	const last = nodes + ((<usize>load<u32>(place, 4)) << 2);
	let lost: f64 = 0;
	for (let at = nodes + ((<usize>load<u32>(place)) << 2); at < last; at += 4) {
		const node = <usize>load<u32>(at);
		lost += binary(output + (node >> 1) * stride, (node & 1) == 1, hidden, gradient, stride, now);
	}
	return lost;
}

function sampled(target: usize, now: f32): f64 {
	let lost: f64 = binary(output + target * stride, true, hidden, gradient, stride, now);
	for (let n = 0; n < negatives; n++) {
		let other = target;
		// With one label there is no other.
		while (other == target && labels > 1) {
			other = <usize>((<u64>random() * <u64>labels) >> 32);
			const place = choices + (other << 3);
			if (<f32>(random() >>> 8) * <f32>(1.0 / 16777216.0) >= load<f32>(place)) other = <usize>load<u32>(place, 4);
		}
		if (other != target) lost += binary(output + other * stride, false, hidden, gradient, stride, now);
	}
	return lost;
}
