// Fuzzing: 250,000 mutated inputs to the CSV, JSON, line, gzip and text code, inputs a second.
import type { Result } from './support/bench.js';
import { fuzz } from './support/fuzz.js';

/** Runs the fuzzer, each time with another seed; it throws at the first input that shows a fault. */
export async function run(): Promise<Result> {
	const seed = Date.now() % 2 ** 31;
	const start = performance.now();
	const { inputs, refused, slowest } = await fuzz(250_000, seed);
	console.log(`${inputs} inputs with seed ${seed}, ${refused} refused, slowest ${slowest.toFixed(1)} ms`);
	return { bench: 'fuzz', ours: (inputs / (performance.now() - start)) * 1000, unit: 'inputs/s', peers: [] };
}
