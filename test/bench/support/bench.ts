// What every benchmark answers, and the timing that they share.

/** The answer of a benchmark; with peers, `ratio` above 1 means that we are better. */
export interface Result {
	bench: string;
	ours: number;
	unit: string;
	peers: { name: string; value: number; ratio: number }[];
}

/** The number in the middle; of an even count the upper one. */
export function median(numbers: readonly number[]): number {
	return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}

/** Seconds of the median run out of `runs`, after one that is not counted. */
export async function medianSeconds(work: () => Promise<unknown>, { runs = 5 }: { runs?: number } = {}): Promise<number> {
	await work();
	const seconds: number[] = [];
	for (let run = 0; run < runs; run++) {
		const start = performance.now();
		await work();
		seconds.push((performance.now() - start) / 1000);
	}
	return median(seconds);
}
