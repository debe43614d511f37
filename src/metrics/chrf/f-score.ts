// chrF of counts: three for each length of n-grams, those of the hypothesis, of the reference, and of both.

/** What stands for a precision or recall of nothing. */
const epsilon = 1e-16;

/** How precision and recall become one. */
export interface FScore {
	/** How many times recall counts as much as precision. */
	readonly beta: number;
	/** Whether lengths without n-grams count as almost 0, and F is averaged, as by Popović's chrF++.py; else precision and recall are averaged first. */
	readonly epsilonSmoothing: boolean;
}

/** (1 + β²) P R / (β² P + R) in percent, over `orders` lengths of n-grams, whose counts begin at `at`. */
export function fScore(counts: Float64Array, at: number, orders: number, { beta, epsilonSmoothing }: FScore): number {
	const factor = beta ** 2;
	let [score, precisions, recalls, effective] = [0, 0, 0, 0];
	for (let n = 0; n < orders; n++) {
		const [hypothesis, reference, both] = [counts[at + 3 * n]!, counts[at + 3 * n + 1]!, counts[at + 3 * n + 2]!];
		const precision = hypothesis > 0 ? both / hypothesis : epsilon;
		const recall = reference > 0 ? both / reference : epsilon;
		const below = factor * precision + recall;
		score += below > 0 ? ((1 + factor) * precision * recall) / below : epsilon;
		if (hypothesis === 0 || reference === 0) continue;
		precisions += precision;
		recalls += recall;
		effective++;
	}
	if (epsilonSmoothing) return (100 * score) / orders;
	if (precisions + recalls === 0) return 0;
	const [precision, recall] = [precisions / effective, recalls / effective];
	return (100 * ((1 + factor) * precision * recall)) / (factor * precision + recall);
}
