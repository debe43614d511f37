// Word2Vec and FastText written plainly, word by word, with the same draws as the kernel: what the kernel is compared with.

/** What is trained with, all that the kernel knows. */
export interface PlainOptions {
	readonly width: number;
	readonly window: number;
	readonly sample: number;
	readonly sg: boolean;
	readonly hs: boolean;
	readonly negative: number;
	readonly cbowMean: boolean;
	readonly shrinkWindows: boolean;
	readonly alpha: number;
	readonly minAlpha: number;
	readonly epochs: number;
	readonly seed: number;
	readonly minN: number;
	readonly maxN: number;
	readonly bucket: number;
}

const mask = (1n << 64n) - 1n;

/** SplitMix64. */
function generator(low: number, high: number) {
	let state = (BigInt(high) << 32n) | BigInt(low >>> 0);
	const next = (): bigint => {
		state = (state + 0x9e3779b97f4a7c15n) & mask;
		let z = state;
		z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
		z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
		return z ^ (z >> 31n);
	};
	state = next();
	return next;
}

const below = (bits: bigint, limit: number) => Number((bits * BigInt(limit)) >> 32n);
/** Out of a table of 4,096 places, as the kernel has it. */
const sigmoid = (x: number) => 1 / (1 + Math.exp(8 - (Math.max(0, Math.min(4095, Math.floor((x + 8) * 256))) + 0.5) / 256));
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const zeros = (rows: number, width: number) => Array.from({ length: rows }, () => new Array<number>(width).fill(0));

/** First numbers of rows. */
function filled(rows: number, width: number, seed: number): number[][] {
	return Array.from({ length: rows }, (_, row) => {
		const random = generator(row, seed);
		return Array.from({ length: width }, () => (2 * Number(random() >> 40n) * 2 ** -24 - 1) / width);
	});
}

/** Codes of words by Huffman's algorithm over sorted counts: for each word its steps [node, side]. */
function huffman(counts: readonly number[]): [node: number, side: number][][] {
	const leaves = counts.map((count, word) => ({ count, words: [word], node: false as boolean }));
	const waiting = leaves.sort((a, b) => a.count - b.count || b.words[0]! - a.words[0]!);
	const nodes: typeof leaves = [];
	const paths = counts.map(() => [] as [number, number][]);
	for (let made = 0; made < counts.length - 1; made++) {
		let count = 0;
		const words: number[] = [];
		for (let side = 0; side < 2; side++) {
			const fromLeaves = waiting.length > 0 && (nodes.length === 0 || waiting[0]!.count < nodes[0]!.count);
			const one = fromLeaves ? waiting.shift()! : nodes.shift()!;
			for (const word of one.words) paths[word]!.unshift([made, side]);
			count += one.count;
			words.push(...one.words);
		}
		nodes.push({ count, words, node: true });
	}
	return paths;
}

/** A row that is predicted, and whether it is the word or a node's right side (1). */
type Target = readonly [row: number[], label: number];

/** Trains on sentences of numbers of words, which are in the order of their counts, and together are no more than one block. */
export function plainWord2Vec(
	sentences: readonly (readonly number[])[],
	words: readonly string[],
	counts: readonly number[],
	options: PlainOptions,
) {
	const { width, window, sg, hs, negative, bucket, minN, maxN, seed } = options;
	const subwords = maxN >= minN;
	const input = [...filled(words.length, width, seed), ...(subwords ? filled(bucket, width, seed + 1) : [])];
	const [output, nodes] = [zeros(words.length, width), zeros(words.length, width)];
	const pieces = words.map((word, row) => (subwords ? [row, ...bucketsOf(word, options).map((one) => words.length + one)] : [row]));
	const paths = huffman(counts);
	const total = counts.reduce((a, b) => a + b, 0);
	const weights = counts.map((count) => count ** 0.75);
	const aliases = vose(weights);
	const keep = counts.map((count) => {
		const threshold = options.sample * total;
		return Math.floor(Math.min(1, (Math.sqrt(count / threshold) + 1) * (threshold / count)) * (2 ** 32 - 1));
	});
	for (let epoch = 0; epoch < options.epochs; epoch++) {
		const random = generator(seed * 65_537, epoch);
		const rate = options.alpha - ((options.alpha - options.minAlpha) * epoch) / options.epochs;
		const targetsOf = (word: number) => {
			const targets: Target[] = [];
			if (hs) for (const [node, side] of paths[word]!) targets.push([nodes[node]!, side]);
			if (negative > 0) {
				targets.push([output[word]!, 1]);
				for (let n = 0; n < negative; n++) {
					const bits = random();
					const place = below(bits >> 32n, words.length);
					const other = Number(bits & 0xffffffffn) < aliases[place]!.share ? place : aliases[place]!.other;
					if (other !== word) targets.push([output[other]!, 0]);
				}
			}
			return targets;
		};
		// Blocks of six targets; within a block all products come before all updates.
		const learn = (contexts: readonly number[][], targets: readonly Target[]) => {
			for (let block = 0; block < targets.length; block += 6) {
				const six = targets.slice(block, block + 6);
				const steps = contexts.map((context) => six.map(([row, label]) => (label - sigmoid(dot(context, row))) * rate));
				const olds = six.map(([row]) => [...row]);
				for (const [t, [row]] of six.entries()) {
					for (let i = 0; i < width; i++) row[i]! += contexts.reduce((sum, context, c) => sum + steps[c]![t]! * context[i]!, 0);
				}
				for (const [c, context] of contexts.entries()) {
					for (let i = 0; i < width; i++) context[i]! += olds.reduce((sum, old, t) => sum + steps[c]![t]! * old[i]!, 0);
				}
			}
		};
		for (const sentence of sentences) {
			const kept = sentence.filter((word) => options.sample === 0 || keep[word]! >= Number(random() >> 32n));
			// What each place has become, on its own until it leaves the window.
			const began: number[][] = [];
			const now: number[][] = [];
			let [entered, left] = [0, 0];
			const sumOf = (rows: readonly number[]) =>
				Array.from({ length: width }, (_, at) => rows.reduce((all, row) => all + input[row]![at]!, 0));
			const leave = () => {
				const rows = pieces[kept[left]!]!;
				const moved = now[left]!.map((x, i) => (x - began[left]![i]!) / (sg ? 1 : rows.length));
				for (const row of rows) for (let i = 0; i < width; i++) input[row]![i]! += moved[i]!;
				left++;
			};
			for (let i = 0; i < kept.length; i++) {
				if (sg && subwords) {
					const reach = options.shrinkWindows ? window - below(random() >> 32n, window) : window;
					const rows = pieces[kept[i]!]!;
					const mean = sumOf(rows).map((x) => x / Math.max(1, rows.length - 1));
					const before = [...mean];
					for (const [j, word] of kept.entries()) if (j !== i && Math.abs(j - i) <= reach) learn([mean], targetsOf(word));
					for (const row of rows) for (let at = 0; at < width; at++) input[row]![at]! += mean[at]! - before[at]!;
					continue;
				}
				for (; entered < kept.length && entered <= i + window; entered++) {
					const rows = pieces[kept[entered]!]!;
					const sum = Array.from(
						{ length: width },
						(_, at) => rows.reduce((all, row) => all + input[row]![at]!, 0) / (sg ? rows.length : 1),
					);
					began.push(sum);
					now.push([...sum]);
				}
				const reach = options.shrinkWindows ? window - below(random() >> 32n, window) : window;
				const around = kept.flatMap((_, j) => (j !== i && Math.abs(j - i) <= reach ? j : []));
				if (around.length > 0) {
					const targets = targetsOf(kept[i]!);
					const rows = around.reduce((sum, j) => sum + pieces[kept[j]!]!.length, 0);
					const share = options.cbowMean ? 1 / rows : 1;
					const mean = sg ? [] : Array.from({ length: width }, (_, at) => around.reduce((sum, j) => sum + now[j]![at]!, 0) * share);
					const before = [...mean];
					learn(sg ? around.map((j) => now[j]!) : [mean], targets);
					if (!sg) {
						for (const j of around) {
							const factor = pieces[kept[j]!]!.length * (options.cbowMean ? 1 : 1 / rows);
							for (let at = 0; at < width; at++) now[j]![at]! += factor * (mean[at]! - before[at]!);
						}
					}
				}
				if (i >= window) leave();
			}
			while (left < entered) leave();
		}
	}
	return { input, output, nodes };
}

/** Walker's table in Vose's way: a stack of small shares, one of large ones with the first on top. */
function vose(weights: readonly number[]): { share: number; other: number }[] {
	const total = weights.reduce((a, b) => a + b, 0);
	const shares = weights.map((weight) => weight * (weights.length / total));
	const table = weights.map((_, word) => ({ share: 2 ** 32 - 1, other: word }));
	const [small, large] = [shares.flatMap((s, i) => (s < 1 ? i : [])), shares.flatMap((s, i) => (s < 1 ? [] : i))];
	while (small.length > 0 && large.length > 0) {
		const [poor, rich] = [small.pop()!, large[0]!];
		table[poor] = { share: Math.floor(shares[poor]! * (2 ** 32 - 1)), other: rich };
		shares[rich]! -= 1 - shares[poor]!;
		if (shares[rich]! < 1) small.push(large.shift()!);
	}
	return table;
}

/** The buckets of the n-grams of `<word>`: FNV-1a over signed bytes. */
function bucketsOf(word: string, { minN, maxN, bucket }: PlainOptions): number[] {
	const characters = [...`<${word}>`];
	return characters.flatMap((_, from) =>
		characters.slice(from).flatMap((_, i) => {
			const gram = characters.slice(from, from + i + 1);
			const isEnd = gram.length === 1 && (from === 0 || from === characters.length - 1);
			if (gram.length < minN || gram.length > maxN || isEnd) return [];
			const hash = Buffer.from(gram.join('')).reduce((sum, byte) => Math.imul(sum ^ ((byte << 24) >> 24), 16_777_619), 2_166_136_261);
			return (hash >>> 0) % bucket;
		}),
	);
}
