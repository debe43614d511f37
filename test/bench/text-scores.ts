// BLEU, chrF++ and TER of 16 systems' translations of 3,004 sentences, and a paired bootstrap of them, texts a second in one thread; against sacreBLEU on the first two systems.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { bleuScore, chrfScore, pairedBootstrap, terScore } from 'textloom/metrics';
import { median, type Result } from './support/bench.js';

type Found = Readonly<Record<string, { readonly s: number; readonly scores: readonly number[] }>>;
const [samples, compared] = [1000, 2];

/** Texts a second by TER, the median of some rounds; the others are printed. */
export async function run({ peers, rounds = 3 }: { peers?: string; rounds?: number }): Promise<Result> {
	const path = join(process.env.TEXTLOOM_DATA ?? '../shared/data', 'bleu/wmt17_en_de_systems.jsonl.gz');
	const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n');
	const all = lines.map((line) => JSON.parse(line) as { name: string; segments: string[] });
	const { reference, ...systems } = Object.fromEntries(all.map(({ name, segments }) => [name, segments]));
	const names = Object.keys(systems);
	const works: Readonly<Record<string, () => readonly number[]>> = {
		BLEU: () => names.map((name) => bleuScore(systems[name]!, reference!).score),
		'chrF2++': () => names.map((name) => chrfScore(systems[name]!, reference!, { wordOrder: 2 }).score),
		TER: () => names.map((name) => terScore(systems[name]!, reference!).score),
		paired: () => pairedBootstrap(systems, reference!, { samples }).systems.map(({ score }) => score),
	};
	const theirs = peers === undefined ? undefined : await peer(peers, path);
	const rates: Record<string, number> = {};
	for (const [metric, work] of Object.entries(works)) {
		const seconds: number[] = [];
		for (let round = 0; round < rounds; round++) {
			const start = performance.now();
			const scores = work();
			seconds.push((performance.now() - start) / 1000);
			for (const [at, score] of (theirs?.[metric]?.scores ?? []).entries()) {
				if (Math.abs(score - scores[at]!) > 1e-9)
					throw new Error(`bench: expected ${metric} of ${names[at]} to be ${score}, got ${scores[at]}.`);
			}
		}
		rates[metric] = (names.length * reference!.length) / median(seconds);
		const factor = theirs && rates[metric] / ((compared * reference!.length) / theirs[metric]!.s);
		console.log(JSON.stringify({ metric, seconds: median(seconds), texts_per_s: rates[metric], times_as_fast: factor }));
	}
	const value = theirs && (compared * reference!.length) / theirs.TER!.s;
	const against = value === undefined ? [] : [{ name: 'sacrebleu', value, ratio: rates.TER! / value }];
	return { bench: 'text-scores', ours: rates.TER!, unit: 'texts/s', peers: against };
}

async function peer(peers: string, path: string): Promise<Found> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(python, [join(peers, 'text_scores.py'), path, String(compared), String(samples)]);
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as Found;
}
