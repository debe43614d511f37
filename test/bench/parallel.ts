// Stages in two worker threads against one thread: 456,000 news texts read from a file, cleaned, cut into words and stemmed.
// `ours` is how many times as fast two workers are when a vocabulary is counted there; the peers are our own other ways, in turn with it.
import { clean, csv, parallel, pipe, stem, vocabulary, words } from 'textloom';
import { median, type Result } from './support/bench.js';
import { withNews } from './support/news.js';

const rounds = 3;
const stages = [clean(), words(), stem()] as const;
const two = { workers: 2 };

/** Ratios of documents a second, the median of three rounds, each of one thread and then of two. */
export async function run(): Promise<Result> {
	return withNews(
		async (path) => {
			const docs = csv(path, { fields: 3, record: ([label, title, body]) => ({ text: `${title} ${body}`, label: label! }) });
			const fitted = await vocabulary({ minCount: 2 }).fit(pipe(docs, ...stages));
			const count = (tokens: ReturnType<typeof plain>) => vocabulary({ minCount: 2 }).fit(tokens);
			const plain = () => pipe(docs, ...stages);
			const ways = {
				count: { one: () => count(plain()), two: () => count(pipe(docs, parallel(stages, two))) },
				ids: {
					one: () => total(pipe(docs, ...stages, fitted), ({ ids }) => ids.length),
					two: () => total(pipe(docs, parallel([...stages, fitted], { ...two, keep: ['ids', 'label'] })), ({ ids }) => ids.length),
				},
				tokens: {
					one: () => total(plain(), ({ tokens }) => tokens.length),
					two: () => total(pipe(docs, parallel(stages, two)), ({ tokens }) => tokens.length),
				},
			};
			const ratios: Record<string, number> = {};
			for (const [name, { one, two }] of Object.entries(ways)) {
				const rates: number[] = [];
				// The first round warms up.
				await seconds(one);
				for (let round = 0; round < rounds; round++) {
					const [alone, together] = [await seconds(one), await seconds(two)];
					console.log(`${name}: ${alone.toFixed(2)} s in one thread, ${together.toFixed(2)} s in two`);
					rates.push(alone / together);
				}
				ratios[name] = median(rates);
			}
			const peers = Object.entries(ratios).map(([name, ratio]) => ({ name: `one thread: ${name}`, value: 1, ratio }));
			return { bench: 'parallel', ours: ratios.count!, unit: 'times one thread', peers };
		},
		{ copies: 60 },
	);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return (performance.now() - start) / 1000;
}

async function total<D>(docs: { chunks(): AsyncIterable<D[]> }, size: (doc: D) => number): Promise<number> {
	let sum = 0;
	for await (const chunk of docs.chunks()) for (const doc of chunk) sum += size(doc);
	return sum;
}
